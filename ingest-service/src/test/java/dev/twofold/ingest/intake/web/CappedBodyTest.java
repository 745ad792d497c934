package dev.twofold.ingest.intake.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.ingest.intake.DeliveryBody.BodyRead;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class CappedBodyTest {

  private static final int CAP = 40_000;
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void readsABodyOfExactlyTheCap() {
    Source source = new Source(CAP, 7_000, -1);

    BodyRead read = new CappedBody(source, LONG).read(CAP);

    assertThat(read)
        .isInstanceOfSatisfying(
            BodyRead.Whole.class,
            whole -> {
              assertThat(whole.body().length()).isEqualTo(CAP);
              assertThat(whole.body().bytes()[12_345]).isEqualTo((byte) 12_345);
            });
  }

  @Test
  void readsNoMoreThanOneByteBeyondTheCap() {
    Source source = new Source(Integer.MAX_VALUE, Integer.MAX_VALUE, -1);

    assertThat(new CappedBody(source, LONG).read(CAP)).isEqualTo(new BodyRead.TooLarge());
    assertThat(source.bytesRead).isEqualTo(CAP + 1);
  }

  @Test
  void readsNothingOfABodyThatIsAnnouncedTooLong() {
    Source source = new Source(CAP + 1, 1, CAP + 1L);

    assertThat(new CappedBody(source, LONG).read(CAP)).isEqualTo(new BodyRead.TooLarge());
    assertThat(source.bytesRead).isZero();
  }

  @Test
  void believesTheBytesAndNotTheAnnouncement() {
    Source source = new Source(CAP + 1, 7_000, 10);

    assertThat(new CappedBody(source, LONG).read(CAP)).isEqualTo(new BodyRead.TooLarge());
  }

  @Test
  void givesUpOnASenderThatDrips() {
    Source source = new Source(CAP, 1, -1);

    assertThat(new CappedBody(source, Duration.ZERO).read(CAP))
        .isInstanceOf(BodyRead.Incomplete.class);
    assertThat(source.bytesRead).isEqualTo(1);
  }

  @Test
  void saysThatTheConnectionBroke() {
    Source source = new Source(CAP, 7_000, -1);
    source.breaksAfter = 14_000;

    assertThat(new CappedBody(source, LONG).read(CAP))
        .isEqualTo(new BodyRead.Incomplete("reading the body ended with java.io.IOException"));
  }

  /** A request whose body comes in pieces of a given size, each byte telling its place. */
  private static final class Source extends MockHttpServletRequest {

    private final int length;
    private final int piece;
    private final long announced;
    private int breaksAfter = Integer.MAX_VALUE;
    private int bytesRead;

    Source(int length, int piece, long announced) {
      this.length = length;
      this.piece = piece;
      this.announced = announced;
    }

    @Override
    public long getContentLengthLong() {
      return announced;
    }

    @Override
    public ServletInputStream getInputStream() {
      return new ServletInputStream() {
        @Override
        public int read() {
          throw new UnsupportedOperationException("read byte by byte");
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
          if (bytesRead >= breaksAfter) {
            throw new IOException("reset");
          }
          int read = Math.min(Math.min(count, piece), length - bytesRead);
          for (int index = 0; index < read; index++) {
            target[offset + index] = (byte) (bytesRead + index);
          }
          bytesRead += read;
          return read == 0 ? -1 : read;
        }

        @Override
        public boolean isFinished() {
          return bytesRead == length;
        }

        @Override
        public boolean isReady() {
          return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
          throw new UnsupportedOperationException("blocking reads only");
        }
      };
    }
  }
}
