package dev.twofold.sync.side;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedWordsTest {

  @Test
  void hidesEveryAddress() {
    assertThat(MaskedWords.of("taken: zoe+x@example.com, \"A.B@example.org\" and <c@d.example>"))
        .isEqualTo("taken: (address), \"(address)\" and <(address)>");
  }

  @Test
  void leavesOtherWordsAlone() {
    String words = "Rate limit @ 10/s reached, see https://example.com/limits";

    assertThat(MaskedWords.of(words)).isEqualTo(words);
  }
}
