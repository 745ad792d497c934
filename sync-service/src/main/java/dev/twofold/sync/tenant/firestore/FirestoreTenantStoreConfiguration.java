package dev.twofold.sync.tenant.firestore;

import dev.twofold.sync.firestore.FirestoreDatabase;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps tenants and the register of writes processes in Firestore. */
@Configuration(proxyBeanMethods = false)
class FirestoreTenantStoreConfiguration {

  @Bean
  FirestoreTenantStore firestoreTenantStore(FirestoreDatabase database, RandomGenerator random) {
    return new FirestoreTenantStore(database, random);
  }

  @Bean
  FirestoreWritesRegister firestoreWritesRegister(FirestoreDatabase database) {
    return new FirestoreWritesRegister(database);
  }
}
