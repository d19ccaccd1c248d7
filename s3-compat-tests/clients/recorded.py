"""Replays scenes of what AWS answered; recorded/README.md tells how they are written."""
import base64, datetime, http.client, json, re, time, urllib.parse, uuid, xml.etree.ElementTree as ET
import botocore.handlers, botocore.session, yaml
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from scenes import KINDS, MISSING, made, nested, plain

UNTOLD = ("Code", "Message", "RequestId", "HostId")
SESSION = botocore.session.get_session()  # one for all: to read botocore's descriptions takes a third of a second


class Replay:
    """One scene on one endpoint; `differences` tells where the answers weren't those of the record."""

    def __init__(self, endpoint, access, secret, scene, case):
        self.endpoint, self.access, self.secret, self.scene, self.case = endpoint, access, secret, scene, case
        self.values = dict(bucket=f"rec-{uuid.uuid4().hex[:20]}", other=f"oth-{uuid.uuid4().hex[:20]}",
                           missing=f"mis-{uuid.uuid4().hex[:20]}", key="testkey-1") | case
        self.differences, self.extra, self.clients = [], {}, {}

    def client(self, signature="s3v4"):
        if signature not in self.clients:
            client = SESSION.create_client(
                "s3", region_name="us-east-1", endpoint_url=self.endpoint, aws_access_key_id=self.access,
                aws_secret_access_key=self.secret,
                config=Config(s3=dict(addressing_style="path"), retries=dict(total_max_attempts=1), read_timeout=120,
                              parameter_validation=False, signature_version=signature))
            client.meta.events.unregister("before-parameter-build.s3", botocore.handlers.validate_bucket_name)
            for operation in ("PutObject", "CreateMultipartUpload", "CopyObject"):
                client.meta.events.unregister(f"before-parameter-build.s3.{operation}",
                                              botocore.handlers.validate_ascii_metadata)
            client.meta.events.register("before-sign.s3", self.add_headers)
            self.clients[signature] = client
        return self.clients[signature]

    def add_headers(self, request, **_):
        for name, value in self.extra.items():
            del request.headers[name]
            if value is not None:
                request.headers[name] = value

    def run(self):
        if self.scene.bucket is not None:
            self.client()._make_api_call("CreateBucket", dict(self.fill(self.scene.bucket), Bucket=self.values["bucket"]))
        for step in self.scene.steps:
            loop = re.fullmatch(r"for (\w+) (\[.*?\]) (.*)", step.text, re.S)
            for value in self.fill(self.many(loop[2])) if loop else [None]:
                if loop:
                    self.values[loop[1]] = value
                try:
                    self.take(step, loop[3] if loop else step.text)
                except KeyError as missing:
                    self.differences.append(f"{step.line}: {missing} is not known, since an earlier answer lacks it")
        return self.differences

    def many(self, text):
        span = re.fullmatch(r"\[(\d+)\.\.(\d+)\]", text)
        return list(range(int(span[1]), int(span[2]) + 1)) if span else yaml.safe_load(text)

    def take(self, step, text):
        who = "root"
        if text.startswith("anonymous "):
            who, text = text.split(" ", 1)
        word, _, rest = text.partition(" ")
        word = self.fill(word)
        if word == "wait":
            return time.sleep(float(rest))
        if word in ("raw", "signed"):
            method, target, *more = rest.split(" ", 2)
            given = self.fill(self.expand(yaml.safe_load(more[0]) if more else {}))
            status, code, fields, headers = getattr(self, word)(
                self.fill(method), self.fill(target), signed=who == "root", **given)
        else:
            given = self.fill(self.expand(yaml.safe_load(rest) if rest else {}))
            if word == "presigned":
                status, code, fields, headers = self.presigned(given)
            elif word == "form":
                status, code, fields, headers = self.form(given)
            else:
                status, code, fields, headers = self.call(word, given, who)
        self.judge(step, status, code, fields, headers)

    def call(self, operation, given, who):
        """An operation as botocore sends it: (status, code, fields, headers)."""
        client = self.client() if who == "root" else self.client(botocore.UNSIGNED)
        self.complete(client, operation, given)
        self.extra = given.pop("headers", {})
        try:
            result = client._make_api_call(operation, given)
            told = result.pop("ResponseMetadata")
            if hasattr(result.get("Body"), "read"):
                result["Body"] = result["Body"].read().decode("utf-8", "replace")
            return told["HTTPStatusCode"], None, result, told["HTTPHeaders"]
        except ClientError as refused:
            told = refused.response["ResponseMetadata"]
            return (told["HTTPStatusCode"], refused.response["Error"].get("Code"), refused.response["Error"],
                    told["HTTPHeaders"])
        finally:
            self.extra = {}

    def complete(self, client, operation, given):
        """Leaves out parameters that the operation doesn't have, and names the scene's bucket."""
        shape = client.meta.service_model.operation_model(operation).input_shape
        for name in [name for name in given if shape is None or name not in shape.members and name != "headers"]:
            del given[name]
        if shape is not None and "Bucket" in shape.members and "Bucket" not in given:
            given["Bucket"] = self.values["bucket"]

    def presigned(self, given):
        """{of: operation, expires, signature, ...} and the operation's own parameters; `replace` alters the URL."""
        own = {name: given.pop(name) for name in
               ("of", "expires", "signature", "headers", "body", "query", "method", "replace", "later") if name in given}
        client = self.client(own.get("signature", "s3v4"))
        self.complete(client, own["of"], given)
        attribute = re.sub(r"(?<!^)(?=[A-Z])", "_", own["of"]).lower()
        url = client.generate_presigned_url(attribute, Params=given, ExpiresIn=own.get("expires", 600))
        method = own.get("method") or client.meta.service_model.operation_model(own["of"]).http["method"]
        time.sleep(own.get("later", 0))
        target = url[len(self.endpoint):].replace(*own.get("replace", ("", "")))
        return self.send(method, target + own.get("query", ""), own.get("headers", {}), own.get("body", ""))

    def raw(self, method, target, headers=None, body="", signed=True, region="us-east-1", text=False):
        data, sent = body.encode() if isinstance(body, str) else body, dict(headers or {})
        if signed:
            request = AWSRequest(method, self.endpoint + target, data=data, headers=sent)
            S3SigV4Auth(Credentials(self.access, self.secret), "s3", region).add_auth(request)
            sent = dict(request.headers.items())
        return self.send(method, target, sent, data, text)

    def signed(self, method, target, query=None, headers=None, body="", signed=True):
        """A query that is signed with what it holds, as SDKs make one that carry headers in it."""
        request = AWSRequest(method, self.endpoint + target, params=query or {}, headers=dict(headers or {}))
        S3SigV4QueryAuth(Credentials(self.access, self.secret), "s3", "us-east-1").add_auth(request)
        return self.send(method, request.url[len(self.endpoint):], headers or {}, body)

    def form(self, given):
        """{fields, policy, file, filename, without, override, rename, headers}: a browser's upload, signed."""
        fields = dict(given.get("fields", {}))
        if "policy" in given:
            now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
            scope = f"{now[:8]}/us-east-1/s3/aws4_request"
            fields.update({"x-amz-algorithm": "AWS4-HMAC-SHA256", "x-amz-date": now,
                           "x-amz-credential": f"{self.access}/{scope}"})
            policy = dict(given["policy"])
            policy["expiration"] = policy["expiration"].strftime("%Y-%m-%dT%H:%M:%SZ")
            signing = [{name: fields[name]} for name in ("x-amz-algorithm", "x-amz-date", "x-amz-credential")]
            policy["conditions"] = policy["conditions"] + signing
            encoded = base64.b64encode(json.dumps(policy).encode()).decode()
            signer = S3SigV4Auth(Credentials(self.access, self.secret), "s3", "us-east-1")
            request = AWSRequest("POST", self.endpoint)
            request.context["timestamp"] = now
            fields.update({"policy": encoded, "x-amz-signature": signer.signature(encoded, request)})
        fields.update(given.get("override", {}))
        fields = {given.get("rename", {}).get(name, name): value for name, value in fields.items()
                  if name not in given.get("without", [])}
        parts = [(f'name="{name}"', str(value)) for name, value in fields.items()]
        called = given.get("filename", "f.txt")
        parts += [('name="file"' + (f'; filename="{called}"' if called else ""), given["file"])]
        lines = "".join(f"--line\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n" for head, value in parts)
        return self.send("POST", f"/{self.values['bucket']}",
                         dict({"Content-Type": "multipart/form-data; boundary=line"}, **given.get("headers", {})),
                         (lines + "--line--\r\n").encode())

    def send(self, method, target, headers, body, as_text=False):
        data = body.encode() if isinstance(body, str) else body
        address = urllib.parse.urlsplit(self.endpoint)
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        connection.request(method, target, body=data or None, headers={n: str(v) for n, v in headers.items()})
        answer = connection.getresponse()
        text = answer.read().decode("utf-8", "replace")
        told = {name.lower(): value for name, value in answer.getheaders()}
        connection.close()
        if not as_text and text.startswith("<?xml") or text.startswith("<Error"):
            root = ET.fromstring(text)
            name, tree = plain(root.tag), nested(root)
            if name == "Error":
                return answer.status, tree.get("Code"), tree, told
            return answer.status, None, {name: tree}, told
        return answer.status, None, {"Body": text}, told

    def judge(self, step, status, code, fields, headers):
        """Compares an answer with the record's."""
        def differ(text):
            self.differences.append(f"{step.line}: {text}")
        if step.answer is None:
            return status < 300 or differ(f"{status} {code}")
        wanted, wanted_code, rest = re.fullmatch(r"(\S+)(?: ([$\w.]+))??(?: (\{.*|\$\w+))?", step.answer, re.S).groups()
        wanted, wanted_code = self.fill(wanted), wanted_code and self.fill(wanted_code)
        if str(status) != str(wanted) or (wanted_code and code != wanted_code):
            return differ(f"{status} {code or ''} instead of {wanted} {wanted_code or ''}".replace("  ", " "))
        expected = self.expand(self.values[rest[1:]] if rest.startswith("$") else yaml.safe_load(rest)) if rest else {}
        if not rest and code is None:
            return None
        for name, value in (expected.pop("headers", None) or {}).items():
            self.compare(value, headers.get(name.lower(), MISSING), f"header {name} ", differ)
        kept = {name: value for name, value in fields.items() if name in expected or name not in
                (UNTOLD if code else ("Body",))}
        self.compare(expected, kept, "", differ)

    def compare(self, expected, actual, where, differ):
        if isinstance(expected, str) and expected[1:] in self.case and not isinstance(self.case[expected[1:]], str):
            expected = self.case[expected[1:]]
        if isinstance(expected, dict) and isinstance(actual, dict):
            for name in list(expected) + [n for n in actual if n not in expected]:
                if name == "...":
                    continue
                if name not in expected:
                    if "..." not in expected:
                        differ(f"{where}{name} is told: {str(actual[name])[:60]}")
                else:
                    self.compare(expected[name], actual.get(name, MISSING), f"{where}{name} ", differ)
        elif isinstance(expected, dict) and "each" in expected and isinstance(actual, list):
            for one in actual:
                self.compare(expected["each"], one, where, differ)
        elif isinstance(expected, list) and isinstance(actual, list):
            if where.strip() in ("Deleted", "Errors"):  # These come in no order.
                expected, actual = self.sorted(expected), self.sorted(actual)
            if len(expected) != len(actual):
                differ(f"{where}has {len(actual)} instead of {len(expected)}")
            for n, (one, other) in enumerate(zip(expected, actual)):
                self.compare(one, other, f"{where}{n} ", differ)
        elif isinstance(expected, str) and re.fullmatch(r"\$\w+", expected) and expected[1:] not in self.values:
            if actual is MISSING:
                differ(f"{where}is missing")
            else:
                self.values[expected[1:]] = actual
        elif not self.same(expected, actual):
            wanted = self.fill(expected) if isinstance(expected, str) else expected
            differ(f"{where}is {str(actual)[:80]}" + ("" if actual is MISSING else f" instead of {str(wanted)[:80]}"))

    def sorted(self, rows):
        return sorted(rows, key=lambda row: (row["Key"], str(self.fill(row.get("VersionId", "")))))

    def same(self, expected, actual):
        if isinstance(expected, str):
            if expected in KINDS:
                return KINDS[expected](actual)
            expected = self.fill(expected)
        if expected is None:
            return actual in (None, "")
        if isinstance(actual, str) and not isinstance(expected, str):
            actual = {"true": True, "false": False}.get(actual, int(actual) if actual.isdigit() else actual)
        if isinstance(expected, str) and expected.startswith("~"):
            return isinstance(actual, str) and re.fullmatch(expected[1:], actual) is not None
        return expected == actual

    def expand(self, value):
        """Puts what +name was let be where it is named, and a case's map where '*' names it; what comes later is stronger."""
        if isinstance(value, list):
            return [self.expand(one) for one in value]
        if not isinstance(value, dict):
            return value
        grown = {}
        for name, one in value.items():
            name = str(name)
            if name.startswith("+") or name == "*":
                more = self.expand(self.scene.lets[name[1:]] if name != "*" else self.case[one[1:]])
            else:
                more = {self.fill(name) if "$" in name else name: self.expand(one)}
            for key, told in more.items():
                if told == "<absent>" and key in grown:
                    del grown[key]
                else:
                    grown[key] = told
        return grown

    def fill(self, value):
        if isinstance(value, dict):
            return {self.fill(name): self.fill(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.fill(one) for one in value]
        if not isinstance(value, str):
            return value
        if re.fullmatch(r"\$\w+", value):
            found = self.values[value[1:]]
            return self.fill(found) if value[1:] in self.case else found
        value = re.sub(r"\$\$|\$(\w+)", lambda found: str(self.values[found[1]]) if found[1] else "$", value)
        if value.startswith("<") and value.endswith(">"):
            stands = made(value[1:-1])
            return value if stands is None else stands
        return value
