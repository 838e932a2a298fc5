// Verifies messages by `standardwebhooks` of npm: each as it is, and none that
// was altered.
const { Webhook } = require("standardwebhooks");
const lines = require("fs").readFileSync(0, "utf8").trim().split("\n");
let verified = 0;
let refused = 0;
for (const line of lines) {
  const message = JSON.parse(line);
  const body = Buffer.from(message.body, "base64").toString("utf8");
  const headers = {
    "webhook-id": message.id,
    "webhook-timestamp": message.timestamp,
    "webhook-signature": message.signature,
  };
  const webhook = new Webhook(message.secret);
  webhook.verify(body, headers);
  verified += 1;
  try {
    webhook.verify(body + " ", headers);
  } catch {
    refused += 1;
  }
}
console.log(`npm: ${verified} verified, ${refused} of ${lines.length} altered ones refused`);
if (verified !== lines.length || refused !== lines.length || verified === 0) process.exit(1);
