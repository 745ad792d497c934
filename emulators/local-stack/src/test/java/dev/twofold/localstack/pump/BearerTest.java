package dev.twofold.localstack.pump;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BearerTest {
  @Test
  void signsAnewAfterHalfAnHour() {
    AtomicInteger signed = new AtomicInteger();
    Bearer bearer = Bearer.signedBy(() -> "token-" + signed.incrementAndGet());

    assertThat(bearer.token(0)).contains("token-1");
    assertThat(bearer.token(Duration.ofMinutes(29).toNanos())).contains("token-1");
    assertThat(bearer.token(Duration.ofMinutes(30).toNanos())).contains("token-2");
  }

  @Test
  void isEmptyWithoutAnAccount() {
    assertThat(Bearer.none().token(0)).isEmpty();
  }
}
