# Runs redrive against a Pub/Sub of its own that keeps three dead letters, and one that refuses.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#!/bin/sh\necho access-token\n' >"$work/gcloud"
chmod +x "$work/gcloud"
PATH="$work:$PATH" python3 - "$here/redrive" <<'PY'
import http.server, json, os, subprocess, sys, threading

letters = [
    {"ackId": f"a{n}", "message": {"data": "e30=", "attributes": {"tenant": "main", "CloudPubSubDeadLetterSourceDeliveryCount": "100"}}}
    for n in range(3)
]
calls, refuse = [], []

class PubSub(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        verb = self.path.split(":")[1]
        calls.append((verb, self.path, body))
        if verb in refuse:
            return self.send_error(503)
        answer = {}
        if verb == "pull":
            answer = {"receivedMessages": letters[:2]} if letters else {}
        if verb == "acknowledge":
            letters[:] = [each for each in letters if each["ackId"] not in body["ackIds"]]
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), PubSub)
threading.Thread(target=server.serve_forever, daemon=True).start()
environment = os.environ | {"PROJECT": "twofold-test", "PUBSUB": f"http://127.0.0.1:{server.server_port}"}

def redrive():
    return subprocess.run([sys.argv[1]], env=environment, capture_output=True, text=True)

def check(what, holds):
    print(("  passed  " if holds else "  FAILED  ") + what)
    if not holds:
        sys.exit(str(calls))

print("redrive")
refuse.append("publish")
check("fails and takes nothing off when the topic refuses", redrive().returncode != 0 and len(letters) == 3)
refuse.clear()
calls.clear()
done = redrive()
check("takes all off", done.returncode == 0 and not letters and "3 messages" in done.stdout)
published = [message for verb, path, body in calls if verb == "publish" for message in body["messages"]]
check("publishes each once, as it came", published == [{"data": "e30=", "attributes": {"tenant": "main"}}] * 3)
check("publishes before it takes off", [verb for verb, _, _ in calls] == ["pull", "publish", "acknowledge"] * 2 + ["pull"])
check("uses the names of topology.json", calls[0][1].endswith("/twofold-dead-letters-kept:pull") and calls[1][1].endswith("/topics/twofold-notices:publish"))
PY
