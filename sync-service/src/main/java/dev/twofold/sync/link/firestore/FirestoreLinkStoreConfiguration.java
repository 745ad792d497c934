package dev.twofold.sync.link.firestore;

import dev.twofold.sync.firestore.FirestoreDatabase;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps links in Firestore. */
@Configuration(proxyBeanMethods = false)
class FirestoreLinkStoreConfiguration {

  @Bean
  FirestoreLinkStore firestoreLinkStore(FirestoreDatabase database) {
    return new FirestoreLinkStore(database, InstantSource.system(), new SecureRandom());
  }
}
