// The AWS SDK for JavaScript against the endpoint that the first argument names: bytes, streams, parts, pages, errors.
import assert from "node:assert/strict";
import { randomBytes, randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import * as s3 from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

const client = new s3.S3Client({ endpoint: process.argv[2], region: "us-east-1", forcePathStyle: true, maxAttempts: 2 });
const Bucket = `js-${randomUUID()}`;
const send = (Command, input) => client.send(new Command({ Bucket, ...input }));
const bytes = async (input) => Buffer.from(await (await send(s3.GetObjectCommand, input)).Body.transformToByteArray());

await send(s3.CreateBucketCommand, {});

const small = randomBytes(70_000);
await send(s3.PutObjectCommand, { Key: "ключ +%41", Body: small, Metadata: { note: "one" } });
assert.deepEqual(await bytes({ Key: "ключ +%41" }), small);
assert.equal((await send(s3.HeadObjectCommand, { Key: "ключ +%41" })).Metadata.note, "one");

for (const algorithm of ["CRC32", "CRC32C", "SHA1", "SHA256"]) {
  await send(s3.PutObjectCommand, { Key: algorithm, Body: small, ChecksumAlgorithm: algorithm });
  const got = await send(s3.GetObjectCommand, { Key: algorithm, ChecksumMode: "ENABLED" });
  assert.ok(got[`Checksum${algorithm}`]);
  await got.Body.transformToByteArray();
}

// A stream without a length goes in parts.
const large = randomBytes(12 << 20);
const source = Readable.from((function* () {
  for (let at = 0; at < large.length; at += 100_000) yield large.subarray(at, at + 100_000);
})());
await new Upload({ client, params: { Bucket, Key: "large", Body: source }, partSize: 5 << 20 }).done();
assert.deepEqual(await bytes({ Key: "large" }), large);
assert.deepEqual(await bytes({ Key: "large", Range: "bytes=5242870-5242890" }), large.subarray(5242870, 5242891));
await send(s3.CopyObjectCommand, { Key: "copy", CopySource: `${Bucket}/large` });

// A stream with a length goes in signed pieces or with a trailer.
const piped = Readable.from([small.subarray(0, 30_000), small.subarray(30_000)]);
await send(s3.PutObjectCommand, { Key: "piped", Body: piped, ContentLength: small.length });
assert.deepEqual(await bytes({ Key: "piped" }), small);

const keys = [];
for await (const page of s3.paginateListObjectsV2({ client, pageSize: 3 }, { Bucket })) {
  keys.push(...(page.Contents ?? []).map((entry) => entry.Key));
}
assert.deepEqual(keys, ["CRC32", "CRC32C", "SHA1", "SHA256", "copy", "large", "piped", "ключ +%41"]);

const url = await getSignedUrl(client, new s3.GetObjectCommand({ Bucket, Key: "copy" }), { expiresIn: 60 });
assert.deepEqual(Buffer.from(await (await fetch(url)).arrayBuffer()), large);
const put = await getSignedUrl(client, new s3.PutObjectCommand({ Bucket, Key: "put" }), { expiresIn: 60 });
assert.equal((await fetch(put, { method: "PUT", body: small })).status, 200);
assert.deepEqual(await bytes({ Key: "put" }), small);

// The presigner puts metadata, tags, conditions and much else into the query.
const signed = new s3.PutObjectCommand({
  Bucket, Key: "signed", Metadata: { note: "one two", "other-note": "=?UTF-8?B?0YLRgNC4?=" }, Tagging: "k=v&l=w", IfNoneMatch: "*",
  ContentType: "x/y", CacheControl: "max-age=9", ContentDisposition: "inline", ServerSideEncryption: "AES256",
});
const note = new Set(["x-amz-meta-note"]), signableHeaders = new Set(["content-type", "cache-control"]);
for (const options of [{}, { unhoistableHeaders: note, signableHeaders }]) {
  const address = await getSignedUrl(client, signed, { expiresIn: 60, ...options });
  const headers = {
    "content-type": "x/y", "cache-control": "max-age=9", "content-disposition": "inline", "if-none-match": "*",
    "x-amz-server-side-encryption": "AES256", ...(options.unhoistableHeaders && { "x-amz-meta-note": "one two" }),
  };
  const ask = () => fetch(address, { method: "PUT", body: small, headers });
  const answer = await ask();
  assert.equal(answer.status, 200, `${address} ${await answer.text()}`);
  const told = await send(s3.HeadObjectCommand, { Key: "signed" });
  assert.deepEqual(told.Metadata, signed.input.Metadata);
  for (const name of ["ContentType", "CacheControl", "ContentDisposition", "ServerSideEncryption"]) {
    assert.equal(told[name], signed.input[name]);
  }
  assert.equal(told.TagCount, 2);
  assert.equal((await ask()).status, 412, "the condition is in force");
  await send(s3.DeleteObjectCommand, { Key: "signed" });
}
const copied = await getSignedUrl(client, new s3.CopyObjectCommand({ Bucket, Key: "signed", CopySource: `${Bucket}/put` }));
const copying = await fetch(copied, { method: "PUT" });
assert.equal(copying.status, 200, `${copied} ${await copying.text()}`);
assert.deepEqual(await bytes({ Key: "signed" }), small);

const attributes = await send(s3.GetObjectAttributesCommand,
  { Key: "large", ObjectAttributes: ["ETag", "Checksum", "ObjectParts", "StorageClass", "ObjectSize"] });
assert.equal(attributes.ObjectSize, large.length);
assert.equal(attributes.ObjectParts.TotalPartsCount, 3);
assert.equal(attributes.StorageClass, "STANDARD");

await assert.rejects(send(s3.GetObjectCommand, { Key: "none" }), (error) => error instanceof s3.NoSuchKey);
await assert.rejects(send(s3.HeadObjectCommand, { Key: "none" }), (error) => error instanceof s3.NotFound);
await assert.rejects(send(s3.PutObjectCommand, { Key: "put", Body: small, IfNoneMatch: "*" }),
  (error) => error.name === "PreconditionFailed");

const Objects = [...keys, "put", "signed"].map((Key) => ({ Key }));
assert.equal((await send(s3.DeleteObjectsCommand, { Delete: { Objects } })).Deleted.length, Objects.length);
await send(s3.DeleteBucketCommand, {});
console.log("all is well");
