package dev.twofold.planted.delivery;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.nimbusds.jwt.JWT;
import com.samskivert.mustache.Template;
import com.stripe.StripeClient;
import org.springframework.stereotype.Component;

/** Is a use case, and knows Spring and every client library; not final either. */
@Component
class Wired {

  boolean knows(Object client) {
    return client instanceof Firestore
        || client instanceof CloudTasksClient
        || client instanceof JWT
        || client instanceof Template
        || client instanceof StripeClient;
  }
}
