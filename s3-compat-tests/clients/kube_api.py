"""Stand-ins for Kubernetes' DNS and API: secrets, machines and pods, over TLS, for those that have the token."""
import base64, http.server, json, socket, ssl, struct, subprocess, threading


class Names:
    """Answers questions for addresses (RFC 1035) from `records`, with the five seconds of CoreDNS."""

    def __init__(self, address):
        self.records, self.socket = {}, socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((address, 53))
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self):
        while True:
            try:
                question, sender = self.socket.recvfrom(1500)
            except OSError:
                return
            self.socket.sendto(self.answer(question), sender)

    def answer(self, question):
        labels, at = [], 12
        while question[at]:
            labels.append(question[at + 1:at + 1 + question[at]].decode().lower())
            at += 1 + question[at]
        found, kind = self.records.get(".".join(labels)), struct.unpack(">H", question[at + 1:at + 3])[0]
        answer = b""
        if found and kind == 1:
            answer = struct.pack(">HHHIH", 0xC00C, 1, 1, 5, 4) + socket.inet_aton(found)
        head = struct.pack(">HHHHH", 0x8580 if found else 0x8583, 1, 1 if answer else 0, 0, 0)
        return question[:2] + head + question[12:at + 5] + answer

    def close(self):
        self.socket.close()


class Api:
    def __init__(self, folder):
        self.folder, self.token, self.secrets = folder, "token-of-a-service-account", {}
        self.conditions, self.events = {}, []
        self.certificate, self.key = folder / "api.crt", folder / "api.key"
        self.environment, self.server = {}, None

    def listen(self, net):
        """Answers at the bridge's own address."""
        address = f"10.77.{net.third}.254"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", self.key, "-out", self.certificate,
             "-days", "2", "-subj", "/CN=api", "-addext", f"subjectAltName=IP:{address}"],
            check=True, capture_output=True)
        self.server = http.server.ThreadingHTTPServer((address, 0), self._handler())
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.certificate, self.key)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.environment = {"KUBERNETES_SERVICE_HOST": address,
                            "KUBERNETES_SERVICE_PORT_HTTPS": str(self.server.server_port)}

    def secret(self, name):
        """A secret's values by key, or None."""
        found = self.secrets.get(name)
        return found and {key: base64.b64decode(value) for key, value in found["data"].items()}

    def close(self):
        if self.server:
            self.server.shutdown()

    def answer(self, method, path, body):
        words = path.strip("/").split("/")
        if words[:3] == ["api", "v1", "nodes"]:
            return 200, {"metadata": {"labels": {"topology.kubernetes.io/zone": "zone-" + words[3].split("-")[1]}}}
        if words[4:5] == ["events"] and method == "POST":
            self.events.append(json.loads(body))
            return 201, {}
        if words[4:5] == ["pods"]:
            return self.pod(words[5], json.loads(body) if method == "PATCH" else None)
        if words[4:5] == ["secrets"] and method == "POST":
            made = json.loads(body)
            if self.secrets.setdefault(made["metadata"]["name"], made) is not made:
                return 409, {"message": "it exists"}
            return 201, made
        if words[4:5] == ["secrets"] and words[5] in self.secrets:
            return 200, self.secrets[words[5]]
        return 404, {"message": "not found"}

    def pod(self, name, patch):
        """A pod as far as its conditions go, after a patch of them."""
        conditions = self.conditions.setdefault(name, {})
        for one in patch["status"]["conditions"] if patch else []:
            conditions[one["type"]] = one
        return 200, {"metadata": {"name": name, "uid": name}, "status": {"conditions": list(conditions.values())}}

    def status(self, name, kind):
        """What a condition of a pod says: True, False, Unknown, or None before it has one."""
        return self.conditions.get(name, {}).get(kind, {}).get("status")

    def _handler(api):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_):
                pass

            def do_GET(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, said = 403, {"message": "no token"}
                if self.headers.get("Authorization") == f"Bearer {api.token}":
                    status, said = api.answer(self.command, self.path, body)
                said = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            do_POST = do_PATCH = do_GET

        return Handler
