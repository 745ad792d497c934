package dev.twofold.sync.firestore;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Wires the database; no document is asked for before one is needed. */
@Configuration(proxyBeanMethods = false)
class FirestoreConfiguration {

  @Bean
  FirestoreSettings firestoreSettings(Environment environment) {
    return new FirestoreSettings(
        environment.getProperty("GOOGLE_CLOUD_PROJECT"),
        environment.getProperty("FIRESTORE_EMULATOR_HOST"));
  }

  @Bean
  FirestoreDatabase firestoreDatabase(FirestoreSettings settings) {
    FirestoreDatabase database = FirestoreDatabase.at(settings);
    // Beside the rest of the start, so that the first notice need not wait for it.
    database.openAhead();
    return database;
  }
}
