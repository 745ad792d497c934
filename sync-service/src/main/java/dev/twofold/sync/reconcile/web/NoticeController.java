package dev.twofold.sync.reconcile.web;

import dev.twofold.sync.failure.Redelivery;
import dev.twofold.sync.failure.RetryableFailure;
import dev.twofold.sync.problem.AnswersProblems;
import dev.twofold.sync.problem.Problem;
import dev.twofold.sync.reconcile.Delivery;
import dev.twofold.sync.reconcile.NoticeHandler;
import dev.twofold.sync.role.InRole;
import dev.twofold.sync.role.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Takes pushes in. 204 acknowledges; anything else brings the message again, later and later. */
@RestController
@AnswersProblems
@InRole(Role.NOTICES)
final class NoticeController {

  private static final Logger LOG = LoggerFactory.getLogger(NoticeController.class);

  private final NoticeHandler handler;

  NoticeController(NoticeHandler handler) {
    this.handler = handler;
  }

  @PostMapping(path = "/notices", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<Void> push(@RequestBody PushedMessage pushed) {
    Delivery delivery;
    try {
      delivery = pushed.delivery();
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
}
