"""boto3's transfer manager: parts in parallel, streams without an end, copies in parts, checksums of all kinds."""
import io, random, uuid
import pytest
from boto3.s3.transfer import TransferConfig
from tools import digest, empty

PARTS = TransferConfig(multipart_threshold=6 << 20, multipart_chunksize=5 << 20, max_concurrency=6)


@pytest.fixture
def bucket(s3):
    name = f"transfer-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    yield name
    empty(s3, name)


@pytest.mark.parametrize("algorithm", [None, "CRC32", "SHA256"])
def test_files_go_in_parts_and_come_in_ranges(s3, bucket, tmp_path, algorithm):
    source = tmp_path / "source"
    source.write_bytes(random.Random(2).randbytes(23 << 20))
    more = dict(Metadata=dict(a="1"), ContentType="x/y", **(dict(ChecksumAlgorithm=algorithm) if algorithm else {}))
    s3.upload_file(str(source), bucket, "large", ExtraArgs=more, Config=PARTS)
    s3.download_file(bucket, "large", str(tmp_path / "back"), Config=PARTS)
    assert digest(tmp_path / "back") == digest(source)
    s3.copy(dict(Bucket=bucket, Key="large"), bucket, "copy", Config=PARTS)
    s3.download_file(bucket, "copy", str(tmp_path / "copied"), Config=PARTS)
    assert digest(tmp_path / "copied") == digest(source)
    head = s3.head_object(Bucket=bucket, Key="large")
    assert head["Metadata"] == {"a": "1"} and head["ContentType"] == "x/y"


class Endless(io.RawIOBase):
    """A stream that can't be measured or read twice."""

    def __init__(self, data):
        self.data = io.BytesIO(data)

    def readable(self):
        return True

    def readinto(self, buffer):
        return self.data.readinto(buffer)


@pytest.mark.parametrize("size", [0, 5, 13 << 20])
def test_a_stream_goes_as_it_comes(s3, bucket, size):
    data = random.Random(size).randbytes(size)
    s3.upload_fileobj(Endless(data), bucket, "stream", Config=PARTS)
    back = io.BytesIO()
    s3.download_fileobj(bucket, "stream", back, Config=PARTS)
    assert back.getvalue() == data
