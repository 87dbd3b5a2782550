"""The rebalance wizard: five pages over the whole window, driven by the flow in `workflow`."""

from .wizard import RebalanceWizard

__all__ = ["RebalanceWizard"]
