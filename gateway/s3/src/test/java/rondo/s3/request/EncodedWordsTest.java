package rondo.s3.request;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.fuzz.Fuzz;
import rondo.s3.error.S3Exception;

final class EncodedWordsTest {
  private static String header(String text) {
    return new String(text.getBytes(UTF_8), ISO_8859_1);
  }

  private static String text(String header) {
    return new String(header.getBytes(ISO_8859_1), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "é日本, =?UTF-8?B?w6nml6XmnKw=?=",
    "café au lait?, =?UTF-8?Q?caf=C3=A9_au_lait=3F?=",
    "ä, =?UTF-8?B?w6Q=?=",
    "plain = _ ? text, plain = _ ? text",
    "😀, =?UTF-8?B?8J+YgA==?="
  })
  void what_is_beyond_ascii_is_told_in_words_that_mean_it(String text, String told) {
    assertThat(EncodedWords.encoded(header(text))).isEqualTo(told);
    assertThat(text(EncodedWords.decoded(told))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "=?UTF-8?B?YWJj?=, abc",
    "=?utf-8?q?a_b=2Dc?=, a b-c",
    "=?ISO-8859-1?Q?caf=E9?=, café",
    "=?UTF-8*de?Q?=C3=A4?=, ä",
    "before =?UTF-8?Q?a?= between =?UTF-8?Q?b?= =?UTF-8?Q?c?= after, before a between bc after",
    "=?UTF-8?B?=GGG?=, \uFFFDa\uFFFD"
  })
  void words_are_decoded(String sent, String meant) {
    assertThat(text(EncodedWords.decoded(sent))).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?UTF-8?Q?a=4?=",
        "=?UTF-8?Q?a=GG?=",
        "=?UTF-8?B?YWJ?=",
        "=?UTF-8?X?abc?=",
        "=?none?Q?abc?=",
        "=?UTF-8?Q?abc",
        "x=?UTF-8?Q?abc?=",
        "=?=?=?",
        "  two  spaces  ",
        ""
      })
  void what_is_no_word_stays(String sent) {
    assertThat(EncodedWords.decoded(sent)).isEqualTo(sent);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nSet-Cookie: b", "\0", "\n", " a", "a ", "a\u007F"})
  void what_would_end_a_header_or_be_cut_is_told_in_words(String text) {
    String told = EncodedWords.encoded(text);
    assertThat(told).startsWith("=?UTF-8?").matches("[!-~]+");
    assertThat(EncodedWords.decoded(told)).isEqualTo(text);
  }

  @Test
  void a_long_text_becomes_words_of_75_characters_at_most() {
    String text = "日本語のとても長いテキスト 😀".repeat(20);
    String told = EncodedWords.encoded(header(text));
    assertThat(told.split(" ")).hasSizeGreaterThan(10).allMatch(word -> word.length() <= 75);
    assertThat(text(EncodedWords.decoded(told))).isEqualTo(text);
  }

  @Test
  void bytes_that_are_no_utf_8_are_read_as_iso_8859_1() {
    assertThat(text(EncodedWords.decoded(EncodedWords.encoded("caf\u00e9")))).isEqualTo("café");
  }

  @Test
  void a_text_that_looks_like_a_word_is_kept() {
    String word = "=?UTF-8?Q?plain?=";
    assertThat(EncodedWords.decoded(EncodedWords.kept(word))).isEqualTo(word);
    assertThat(EncodedWords.kept("é")).isEqualTo("é");
  }

  @Test
  void whatever_comes_is_read_and_told_in_ascii() {
    Fuzz.run(
        input -> {
          String meant = EncodedWords.decoded(new String(input, ISO_8859_1));
          assertThat(EncodedWords.encoded(meant)).matches("[\\t -~]*");
          EncodedWords.kept(meant);
        },
        S3Exception.class,
        "=?UTF-8?B?w6nml6XmnKw=?=",
        "a =?UTF-8?Q?caf=C3=A9_au_lait=3F?= =?ISO-8859-1*fr?q?=E9?= b",
        "é日本");
  }
}
