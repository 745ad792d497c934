package dev.twofold.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
  private static final Row WHOLE =
      new Row("2 contacts entered", "customers in Stripe", 2, List.of(310L, 420L), "http://there");

  @Test
  void showsWhatWasDoneWhatAppearedAndHowLongItTook() {
    DemoReport report = new DemoReport(List.of(WHOLE), List.of());

    assertThat(report.isGood()).isTrue();
    assertThat(report.table())
        .containsPattern("2 contacts entered +customers in Stripe +2/2 +420 ms +420 ms")
        .contains("http://there")
        .contains("Nothing missing, nothing doubled, nothing wrong.");
  }

  @Test
  void isNotGoodWhenSomethingDidNotAppear() {
    Row half = new Row("2 contacts entered", "customers in Stripe", 2, List.of(310L), "");

    DemoReport report = new DemoReport(List.of(WHOLE, half), List.of());

    assertThat(report.isGood()).isFalse();
    assertThat(report.table()).contains("1/2").contains("not all appeared: customers in Stripe");
  }

  @Test
  void isNotGoodWhenSomethingIsWrong() {
    DemoReport report = new DemoReport(List.of(WHOLE), List.of("ada: found 2"));

    assertThat(report.isGood()).isFalse();
    assertThat(report.table()).contains("NOT as it should be").contains("ada: found 2");
  }
}
