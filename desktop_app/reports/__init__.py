"""Turns plans into checklists for paper, spreadsheets and text."""
