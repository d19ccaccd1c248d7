package rondo.s3.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class WriteBuffersTest {
  private final WriteBuffers buffers = new WriteBuffers(1);

  @Test
  void a_returned_buffer_is_reused_with_the_wanted_size() {
    ByteBuffer first = buffers.take(WriteBuffers.BYTES);
    first.putInt(7).flip();
    buffers.give(first);
    ByteBuffer second = buffers.take(WriteBuffers.BYTES - 1);
    assertThat(second).isSameAs(first);
    assertThat(second.position()).isZero();
    assertThat(second.remaining()).isEqualTo(WriteBuffers.BYTES - 1);
  }

  @Test
  void a_caller_gets_heap_memory_when_all_buffers_are_in_use() {
    ByteBuffer first = buffers.take(WriteBuffers.BYTES);
    ByteBuffer second = buffers.take(WriteBuffers.BYTES);
    assertThat(first.isDirect()).isTrue();
    assertThat(second.isDirect()).isFalse();
    buffers.give(second);
    assertThat(buffers.take(WriteBuffers.BYTES).isDirect()).isFalse();
    buffers.give(first);
    assertThat(buffers.take(WriteBuffers.BYTES)).isSameAs(first);
  }

  @Test
  void small_answers_take_none_of_the_large_ones() {
    assertThat(buffers.take(100).capacity()).isEqualTo(100);
    assertThat(buffers.take(WriteBuffers.BYTES).isDirect()).isTrue();
  }
}
