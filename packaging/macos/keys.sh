#!/bin/sh
# Puts the signing keys of a release into a keychain of its own; does nothing where there are none.
# Wants MACOS_CERTIFICATE (the Developer ID as PKCS #12 in base64), MACOS_CERTIFICATE_PASSWORD, NOTARY_APPLE_ID,
# NOTARY_TEAM_ID and NOTARY_PASSWORD (an app-specific one); names the identity to the steps after it.
set -eu
if [ -z "${MACOS_CERTIFICATE:-}" ]; then
    echo "No signing keys here: the program gets the ad-hoc signature and is not notarised."
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
keychain=${RUNNER_TEMP:-$HOME}/even-keel.keychain-db
secret=$(openssl rand -base64 24)
printf '%s' "$MACOS_CERTIFICATE" | base64 --decode >"$folder/certificate.p12"
security create-keychain -p "$secret" "$keychain"
security set-keychain-settings -lut 7200 "$keychain"
security unlock-keychain -p "$secret" "$keychain"
security import "$folder/certificate.p12" -P "$MACOS_CERTIFICATE_PASSWORD" -T /usr/bin/codesign -k "$keychain"
security set-key-partition-list -S apple-tool:,apple: -s -k "$secret" "$keychain" >/dev/null
security list-keychains -d user -s "$keychain" login.keychain-db
identity=$(security find-identity -v -p codesigning "$keychain" | sed -n 's/.*"\(.*\)"/\1/p' | head -n 1)
xcrun notarytool store-credentials even-keel --keychain "$keychain" --apple-id "$NOTARY_APPLE_ID" \
    --team-id "$NOTARY_TEAM_ID" --password "$NOTARY_PASSWORD"
{
    echo "EVEN_KEEL_SIGNING_IDENTITY=$identity"
    echo "EVEN_KEEL_NOTARY_PROFILE=even-keel"
} >>"${GITHUB_ENV:-/dev/stdout}"
