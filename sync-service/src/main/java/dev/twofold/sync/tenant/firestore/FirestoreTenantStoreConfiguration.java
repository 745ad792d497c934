package dev.twofold.sync.tenant.firestore;

import dev.twofold.sync.firestore.FirestoreDatabase;
import java.security.SecureRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps tenants and the register of writes processes in Firestore. */
@Configuration(proxyBeanMethods = false)
class FirestoreTenantStoreConfiguration {

  @Bean
  FirestoreTenantStore firestoreTenantStore(FirestoreDatabase database) {
    return new FirestoreTenantStore(database, new SecureRandom());
  }

  @Bean
  FirestoreWritesRegister firestoreWritesRegister(FirestoreDatabase database) {
    return new FirestoreWritesRegister(database);
  }
}
