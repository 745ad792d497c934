package dev.twofold.ingest.intake.web;

import dev.twofold.ingest.intake.DeliveryBody;
import dev.twofold.ingest.intake.RawBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Reads a request's body with a hard cap, whether or not its length was announced, and gives up on
 * a sender that drips. One read waits no longer than the connector's own timeout.
 */
final class CappedBody implements DeliveryBody {

  private static final int CHUNK_BYTES = 16 * 1024;

  private final HttpServletRequest request;
  private final Duration within;

  CappedBody(HttpServletRequest request, Duration within) {
    this.request = request;
    this.within = within;
  }

  @Override
  public BodyRead read(int lengthMax) {
    long announced = request.getContentLengthLong();
    if (announced > lengthMax) {
      return new BodyRead.TooLarge();
    }
    long begun = System.nanoTime();
    ByteArrayOutputStream body =
        new ByteArrayOutputStream(announced < 0 ? CHUNK_BYTES : (int) announced);
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream input = request.getInputStream();
      while (true) {
        // One byte beyond the cap tells "exactly as long" from "longer".
        int read = input.read(chunk, 0, Math.min(chunk.length, lengthMax + 1 - body.size()));
        if (read < 0) {
          return new BodyRead.Whole(new RawBody(body.toByteArray()));
        }
        body.write(chunk, 0, read);
        if (body.size() > lengthMax) {
          return new BodyRead.TooLarge();
        }
        if (System.nanoTime() - begun > within.toNanos()) {
          return new BodyRead.Incomplete("the body took longer than " + within);
        }
      }
    } catch (IOException broken) {
      return new BodyRead.Incomplete("reading the body ended with " + broken.getClass().getName());
    }
  }
}
