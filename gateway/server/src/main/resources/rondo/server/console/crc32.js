// CRC-32 as S3's x-amz-checksum-crc32 wants it.

const TABLE = new Uint32Array(256);
for (let n = 0; n < 256; n += 1) {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) {
    value = value & 1 ? 0xEDB88320 ^ (value >>> 1) : value >>> 1;
  }
  TABLE[n] = value;
}

export function crc32(bytes, before = 0) {
  let value = ~before;
  for (let i = 0; i < bytes.length; i += 1) {
    value = TABLE[(value ^ bytes[i]) & 0xFF] ^ (value >>> 8);
  }
  return ~value >>> 0;
}

export function crc32Base64(bytes) {
  const value = crc32(bytes);
  return btoa(String.fromCharCode(value >>> 24, (value >>> 16) & 0xFF, (value >>> 8) & 0xFF, value & 0xFF));
}
