"""Signs requests to the admin API; also the hooks of Schemathesis, which reads this file by itself."""
import datetime, hashlib, hmac, os, urllib.parse, uuid

import requests


def _mac(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


class Signed(requests.auth.AuthBase):
    """AWS Signature Version 4 for the service 'rondo', over the body."""

    def __init__(self, access_key, secret):
        self.access_key, self.secret = access_key, secret

    def __call__(self, request):
        url = urllib.parse.urlsplit(request.url)
        path = urllib.parse.quote(urllib.parse.unquote_to_bytes(url.path), safe="/~-._")
        pairs = [part.partition("=") for part in url.query.split("&") if part]
        code = lambda text: urllib.parse.quote(urllib.parse.unquote_to_bytes(text.replace("+", " ")), safe="~-._")
        query = "&".join(f"{name}={value}" for name, value in sorted((code(n), code(v)) for n, _, v in pairs))
        body = request.body or b""
        payload = hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()
        now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        headers = {"host": url.netloc, "x-amz-content-sha256": payload, "x-amz-date": now,
                   "x-rondo-nonce": uuid.uuid4().hex}
        names = ";".join(headers)
        canonical = "\n".join([request.method, path, query, *(f"{k}:{v}" for k, v in headers.items()), "", names, payload])
        scope = f"{now[:8]}/us-east-1/rondo/aws4_request"
        text = "\n".join(["AWS4-HMAC-SHA256", now, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        key = ("AWS4" + self.secret).encode()
        for part in scope.split("/"):
            key = _mac(key, part)
        signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        request.headers.update({k: v for k, v in headers.items() if k != "host"})
        request.headers["Authorization"] = (
            f"AWS4-HMAC-SHA256 Credential={self.access_key}/{scope}, SignedHeaders={names}, Signature={signature}")
        return request


if "ADMIN_ACCESS_KEY" in os.environ:
    import schemathesis
    schemathesis.auth.set_from_requests(Signed(os.environ["ADMIN_ACCESS_KEY"], os.environ["ADMIN_SECRET_KEY"]))
