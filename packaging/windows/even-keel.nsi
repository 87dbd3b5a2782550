; The Windows installer: for one user, without an administrator. Started by packaging/package_windows.py, which names
; the files. "/S" installs without asking, "/D=C:\some folder" (last, without quotes) chooses the place.
; Exit codes: 0 done, 1 stopped by the user, 2 the program is running or the place cannot be written.

Unicode true
Target ${TARGET}
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include kinds.nsh

!define NAME "Even Keel"
!define EXE "Even Keel.exe"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Even Keel"
!define CLASSES "Software\Classes"
!define HOUSEHOLD "EvenKeel.Household"
!define STATEMENT "EvenKeel.Statement"
!define CAPABILITIES "Software\Even Keel\Capabilities"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Even Keel"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
SetCompressor /SOLID lzma
SetCompressorDictSize 64
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${FULL_VERSION}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "LegalCopyright" "Copyright (c) 2026 Even Keel contributors. MIT licence."

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "${NAME} will be removed. Your households, backups and preferences stay where they are."
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

!macro OwnKind Ending
  WriteRegStr HKCU "${CLASSES}\${Ending}" "" "${HOUSEHOLD}"
  WriteRegStr HKCU "${CLASSES}\${Ending}\OpenWithProgids" "${HOUSEHOLD}" ""
  WriteRegStr HKCU "${CAPABILITIES}\FileAssociations" "${Ending}" "${HOUSEHOLD}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" "${Ending}" ""
!macroend

; Offered under "Open with"; the user's usual program stays the usual one.
!macro OfferedKind Ending
  WriteRegStr HKCU "${CLASSES}\${Ending}\OpenWithProgids" "${STATEMENT}" ""
  WriteRegStr HKCU "${CAPABILITIES}\FileAssociations" "${Ending}" "${STATEMENT}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\SupportedTypes" "${Ending}" ""
!macroend

!macro ForgetOwnKind Ending
  DeleteRegValue HKCU "${CLASSES}\${Ending}\OpenWithProgids" "${HOUSEHOLD}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${Ending}\OpenWithProgids"
  ReadRegStr $0 HKCU "${CLASSES}\${Ending}" ""
  ${If} $0 == "${HOUSEHOLD}"
    DeleteRegValue HKCU "${CLASSES}\${Ending}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "${CLASSES}\${Ending}"
!macroend

!macro ForgetOfferedKind Ending
  DeleteRegValue HKCU "${CLASSES}\${Ending}\OpenWithProgids" "${STATEMENT}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${Ending}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${Ending}"
!macroend

!macro ClassOf Progid Words Icon
  WriteRegStr HKCU "${CLASSES}\${Progid}" "" "${Words}"
  WriteRegStr HKCU "${CLASSES}\${Progid}" "FriendlyTypeName" "${Words}"
  WriteRegStr HKCU "${CLASSES}\${Progid}\DefaultIcon" "" "$INSTDIR\${Icon}"
  WriteRegStr HKCU "${CLASSES}\${Progid}\shell\open" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\${Progid}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
!macroend

; Tells the Explorer that associations have changed (SHCNE_ASSOCCHANGED).
!macro TellExplorer
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; A program that runs keeps its file: better to say so than to leave half of two versions.
!macro StopIfRunning
  ${If} ${FileExists} "$INSTDIR\${EXE}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${EXE}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${NAME} is running. Close it, then start this again." /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section "Install"
  !insertmacro StopIfRunning
  ; An older version takes away what it put down, so that none of its files stays between the new ones.
  ${If} ${FileExists} "$INSTDIR\uninstall.exe"
    ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  ${EndIf}
  ClearErrors
  !include install-files.nsh
  SetOutPath "$INSTDIR"
  File "/oname=household.ico" "${HOUSEHOLD_ICON}"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  ${If} ${Errors}
    MessageBox MB_OK|MB_ICONSTOP "Some files could not be written to $INSTDIR. Choose another folder." /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}

  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${EXE}"
  !insertmacro ClassOf "${HOUSEHOLD}" "Even Keel household" "household.ico"
  !insertmacro ClassOf "${STATEMENT}" "Statement for Even Keel" "household.ico"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}" "FriendlyAppName" "${NAME}"
  WriteRegStr HKCU "${CLASSES}\Applications\${EXE}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationName" "${NAME}"
  WriteRegStr HKCU "${CAPABILITIES}" "ApplicationDescription" "Keeps a 401(k) on its intended mix"
  WriteRegStr HKCU "Software\RegisteredApplications" "${NAME}" "${CAPABILITIES}"
  !insertmacro EachKind OwnKind OfferedKind

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "Even Keel contributors"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${INSTALLED_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
  !insertmacro TellExplorer
SectionEnd

Section "Uninstall"
  !insertmacro StopIfRunning
  SetOutPath "$TEMP" ; a folder that is the current one cannot be removed
  !include remove-files.nsh
  Delete "$INSTDIR\household.ico"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  !insertmacro EachKind ForgetOwnKind ForgetOfferedKind
  DeleteRegKey HKCU "${CLASSES}\${HOUSEHOLD}"
  DeleteRegKey HKCU "${CLASSES}\${STATEMENT}"
  DeleteRegKey HKCU "${CLASSES}\Applications\${EXE}"
  DeleteRegValue HKCU "Software\RegisteredApplications" "${NAME}"
  DeleteRegKey HKCU "${CAPABILITIES}"
  DeleteRegKey /ifempty HKCU "Software\Even Keel"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  !insertmacro TellExplorer
SectionEnd
