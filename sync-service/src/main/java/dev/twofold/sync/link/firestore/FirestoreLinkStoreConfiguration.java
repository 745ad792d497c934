package dev.twofold.sync.link.firestore;

import dev.twofold.sync.firestore.FirestoreDatabase;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps links in Firestore. */
@Configuration(proxyBeanMethods = false)
class FirestoreLinkStoreConfiguration {

  @Bean
  FirestoreLinkStore firestoreLinkStore(
      FirestoreDatabase database, Clock clock, RandomGenerator random) {
    return new FirestoreLinkStore(database, clock, random);
  }
}
