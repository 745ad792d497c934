package dev.twofold.sync.reconcile.web;

import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.reconcile.NoticeHandler;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Takes pushes in. 204 acknowledges; anything else brings the message again, later and later. */
@RestController
@AnswersProblems
@InRole(Role.NOTICES)
final class NoticeController {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeController.class);

  /**
   * Pub/Sub's messages have at most 10 MB, a third more in base64, and attributes of at most 100
   * times 1.25 KB.
   *
   * @see <a href="https://docs.cloud.google.com/pubsub/quotas">Pub/Sub quotas</a>
   */
  static final int BODY_BYTES_MAX = 14 * 1024 * 1024;

  private final NoticeHandler handler;

  NoticeController(NoticeHandler handler) {
    this.handler = handler;
  }

  @PostMapping(path = "/notices", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Void> push(HttpServletRequest request) throws IOException {
    byte[] body = read(request);
    Delivery delivery;
    try {
      delivery = PushedMessage.of(body).delivery();
    } catch (IllegalArgumentException notOurs) {
      // Refused, so that it ends in the dead-letter topic, where an operator can look at it.
      throw Problem.badRequest("not-a-delivery", String.valueOf(notOurs.getMessage())).thrown();
    }
    try {
      handler.handle(delivery);
      return ResponseEntity.status(Redelivery.DONE.status()).build();
    } catch (RetryableFailure failure) {
      LOG.warn(
          "message {} is to come again: {} ({})",
          delivery.messageId(),
          failure.getMessage(),
          failure.stage());
      return ResponseEntity.status(Redelivery.AGAIN_ALL.status()).build();
    }
  }

  /** One byte beyond the bound tells "exactly as long" from "longer". */
  private static byte[] read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > BODY_BYTES_MAX) {
      throw Problem.tooLarge(BODY_BYTES_MAX).thrown();
    }
    byte[] body = request.getInputStream().readNBytes(BODY_BYTES_MAX + 1);
    if (body.length > BODY_BYTES_MAX) {
      throw Problem.tooLarge(BODY_BYTES_MAX).thrown();
    }
    return body;
  }
}
