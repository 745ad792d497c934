package dev.twofold.localstack.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CastTest {
  @Test
  void givesNobodyTheAddressOrPhoneOfAnother() {
    List<Person> all = new ArrayList<>(everybody(Cast.of("one")));
    all.addAll(everybody(Cast.of("two")));

    assertThat(all).hasSize(70);
    assertThat(all.stream().map(Person::email)).doesNotHaveDuplicates();
    assertThat(all.stream().map(Person::phone)).doesNotHaveDuplicates();
    assertThat(all).allMatch(person -> person.email().endsWith("@example.com"));
  }

  private static List<Person> everybody(Cast cast) {
    List<Person> all = new ArrayList<>(cast.matching());
    all.addAll(cast.onlyHubSpot());
    all.addAll(cast.onlyStripe());
    all.addAll(cast.newContacts());
    all.addAll(cast.newCustomers());
    return all;
  }
}
