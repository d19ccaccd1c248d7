// The tus server with its store in S3: uploads that pause, go on elsewhere, are joined and are given up.
// Arguments: endpoint, bucket.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import { S3Store } from "@tus/s3-store";
import { Server } from "@tus/server";
import { GetObjectCommand, HeadObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, S3Client }
  from "@aws-sdk/client-s3";

const [endpoint, bucket] = process.argv.slice(2);
const s3ClientConfig = { bucket, endpoint, region: "us-east-1", forcePathStyle: true };
const s3 = new S3Client(s3ClientConfig);
const part = 5 << 20, large = randomBytes(2 * part + 12_345);

/** A server of its own: what an earlier one knew is in the bucket. */
async function serve() {
  const datastore = new S3Store({ partSize: part, useTags: true, s3ClientConfig, expirationPeriodInMilliseconds: 60_000 });
  const tus = new Server({ path: "/files", datastore });
  const http = createServer((request, response) => tus.handle(request, response));
  await new Promise((listening) => http.listen(0, "127.0.0.1", listening));
  return { base: `http://127.0.0.1:${http.address().port}`, stop: () => { http.closeAllConnections(); http.close(); } };
}

async function ask(url, method, headers, body) {
  const answer = await fetch(url, { method, body, headers: { "tus-resumable": "1.0.0", ...headers } });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

const patch = (url, at, bytes) =>
  ask(url, "PATCH", { "upload-offset": at, "content-type": "application/offset+octet-stream" }, bytes);

const base64 = (text) => Buffer.from(text).toString("base64");
let server = await serve();
const created = await ask(`${server.base}/files`, "POST",
  { "upload-length": large.length, "upload-metadata": `filename ${base64("a +.txt")},contentType ${base64("text/x")}` });
assert.equal(created.status, 201, created.text);
const path = new URL(created.headers.get("location")).pathname;

// A piece that is no whole part is kept as an object of its own until the rest comes, perhaps to another server.
for (const [from, to] of [[0, 100_000], [100_000, part + 5], [part + 5, large.length]]) {
  const told = await ask(server.base + path, "HEAD");
  assert.equal(told.headers.get("upload-offset"), String(from), "what has come is told");
  const sent = await patch(server.base + path, from, large.subarray(from, to));
  assert.equal(sent.status, 204, sent.text);
  server.stop();
  server = await serve();
}
assert.equal((await patch(server.base + path, 3, large.subarray(3, 9))).status, 409, "nothing is sent twice");

const Key = path.split("/").at(-1);
const got = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), large);
assert.equal(got.ContentType, "text/x");
const info = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: `${Key}.info` }));
assert.equal(info.Metadata["tus-version"], "1.0.0");
const served = await fetch(server.base + path);
assert.equal(served.status, 200, served.status === 200 ? "" : await served.text());
assert.deepEqual(Buffer.from(await served.arrayBuffer()), large, "and is served");

// One that is given up leaves nothing but what the store itself forgets: the piece that was no whole part.
const other = await ask(`${server.base}/files`, "POST", { "upload-length": 10 });
const given = server.base + new URL(other.headers.get("location")).pathname;
assert.equal((await patch(given, 0, Buffer.from("12345"))).status, 204);
assert.equal((await ask(given, "DELETE")).status, 204);
assert.equal((await ask(given, "HEAD")).status, 404);
const left = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
assert.deepEqual(left.Contents.map((one) => one.Key).filter((key) => !key.endsWith(".part")).sort(), [Key, `${Key}.info`]);
assert.equal((await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }))).Uploads, undefined);
server.stop();
console.log("all is well");
