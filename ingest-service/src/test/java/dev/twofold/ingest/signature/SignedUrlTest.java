package dev.twofold.ingest.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlTest {

  @Test
  void decodesExactlyTheListedEscapes() {
    assertThat(SignedUrl.of("%3A%2F%3F%40%21%24%27%28%29%2A%2C%3B")).isEqualTo(":/?@!$'()*,;");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://a.example/b?c=d&e=f",
        "%20%2B%26%25%3D%23",
        "%3a%2f",
        "%253A",
        "%",
        "%3",
        "%%",
        "",
        "?a=%E2%82%AC"
      })
  void leavesEverythingElse(String url) {
    assertThat(SignedUrl.of(url)).isEqualTo(url);
  }

  @Test
  void decodesOnceOnly() {
    assertThat(SignedUrl.of("%3%3AA%2525%2F")).isEqualTo("%3:A%2525/");
  }
}
