"""Verifies messages by `standardwebhooks` of PyPI: each as it is, and none that was altered."""

import base64
import json
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

verified = refused = 0
lines = sys.stdin.read().strip().split("\n")
for line in lines:
    message = json.loads(line)
    body = base64.b64decode(message["body"]).decode()
    headers = {
        "webhook-id": message["id"],
        "webhook-timestamp": message["timestamp"],
        "webhook-signature": message["signature"],
    }
    webhook = Webhook(message["secret"])
    webhook.verify(body, headers)
    verified += 1
    try:
        webhook.verify(body + " ", headers)
    except WebhookVerificationError:
        refused += 1
print(f"PyPI: {verified} verified, {refused} of {len(lines)} altered ones refused")
if verified != len(lines) or refused != len(lines) or verified == 0:
    sys.exit(1)
