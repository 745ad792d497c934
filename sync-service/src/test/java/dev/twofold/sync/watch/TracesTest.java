package dev.twofold.sync.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

  private static final String SPAN = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-";

  @ParameterizedTest
  @ValueSource(strings = {"01", "03", "ff"})
  void knowsATraceThatSomebodyWillLookAt(String flags) {
    assertThat(Traces.isSampled(SPAN + flags)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"00", "02", "zz"})
  void knowsATraceThatNobodyWillLookAt(String flags) {
    assertThat(Traces.isSampled(SPAN + flags)).isFalse();
  }

  @Test
  void takesNoTraceForOneThatNobodyLooksAt() {
    assertThat(Traces.isSampled(null)).isFalse();
    assertThat(Traces.isSampled("")).isFalse();
  }

  @Test
  void linksEachOriginOnceAndNotTooMany() {
    List<String> many = Collections.nCopies(7, "same");

    assertThat(Traces.Piece.of("x").linked(many).links()).containsExactly("same");
    assertThat(
            Traces.Piece.of("x")
                .linked(IntStream.range(0, 500).mapToObj(Integer::toString).toList())
                .links())
        .hasSize(Traces.Piece.LINKS_MAX);
  }
}
