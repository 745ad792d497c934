package dev.twofold.sync.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldValueTest {

  @ParameterizedTest(name = "<{0}> and <{1}> are <{2}>")
  @CsvSource({
    "Zoe, New, Zoe New",
    "' Zoe ', '  New', Zoe New",
    "Zoe, '', Zoe",
    "'  ', New, New",
    "'', ' ', ''",
  })
  void joinsTheNonBlankPartsByOneSpace(String first, String last, String joined) {
    FieldValue name = FieldValue.name(first, last);

    assertThat(name.joined()).isEqualTo(joined);
    assertThat(name.text()).isEqualTo(joined);
    assertThat(name.isBlank()).isEqualTo(joined.isEmpty());
  }

  @Test
  void keepsASinglePartAsItIs() {
    assertThat(FieldValue.of(" 1 ").text()).isEqualTo(" 1 ");
    assertThat(FieldValue.of(" 1 ").joined()).isEqualTo("1");
    assertThat(FieldValue.of(" ").isBlank()).isTrue();
    assertThat(FieldValue.of("1").isBlank()).isFalse();
  }

  @Test
  void hasOneOrTwoPartsAndNeverPrintsThem() {
    assertThat(FieldValue.name("Zoe", "New").toString())
        .doesNotContain("Zoe")
        .doesNotContain("New");
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldValue(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new FieldValue(List.of("1", "2", "3")));
  }
}
