package dev.twofold.sync.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twofold.simulators.hubspot.engine.Author;
import dev.twofold.simulators.hubspot.engine.HubSpotState.ContactView;
import dev.twofold.simulators.web.ApiRequest;
import dev.twofold.simulators.web.ApiResponse;
import dev.twofold.simulators.web.Fault;
import dev.twofold.sync.link.Link;
import dev.twofold.sync.mapping.FieldKind;
import dev.twofold.sync.mapping.FieldMapping;
import dev.twofold.sync.mapping.Mappings;
import dev.twofold.sync.record.RecordId;
import dev.twofold.sync.record.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * A second kind of pair, configured by its mappings alone: HubSpot's companies and Stripe's
 * business customers. They have no e-mail address, so what they are paired by are our marks.
 */
final class SecondKindTest {

  private final World world = new World();
  private final People people = new People(world);

  @BeforeEach
  void pairCompaniesWithBusinessCustomers() {
    Mappings kind =
        new Mappings(
            2,
            "company",
            "customer",
            false,
            List.of(
                FieldMapping.both("name", FieldKind.TEXT, List.of("name"), "name"),
                FieldMapping.both("phone", FieldKind.PHONE, List.of("phone"), "phone"),
                FieldMapping.both("domain", FieldKind.TEXT, List.of("domain"), "metadata.domain"),
                FieldMapping.both("city", FieldKind.TEXT, List.of("city"), "address.city")));
    assertThat(world.tenants().store(World.TENANT, kind)).isTrue();
    world.tenants().update(World.TENANT, tenant -> tenant.mappedBy(2));
    world.hubspot().account().subscribeTo(Set.of("*"));
    markProperty();
    world.hubspot().calls().clear();
    world.goLive();
  }

  /** What setup makes for contacts, made for companies by hand. */
  private void markProperty() {
    String property =
        """
        {"name": "stripe_customer_id", "label": "Stripe customer", "type": "string",
         "groupName": "companyinformation", "fieldType": "text", "hasUniqueValue": true}
        """;
    assertThat(post(property)).isEqualTo(201);
    String origin =
        """
        {"name": "stripe_sync_origin", "label": "Origin", "type": "string",
         "groupName": "companyinformation", "fieldType": "text"}
        """;
    assertThat(post(origin)).isEqualTo(201);
  }

  private int post(String property) {
    ApiResponse answer =
        world
            .hubspot()
            .handle(
                ApiRequest.of(
                    "POST",
                    "/crm/v3/properties/companies",
                    Map.of(
                        "Authorization",
                        "Bearer pat-local-twofold",
                        "Content-Type",
                        "application/json"),
                    property.getBytes(StandardCharsets.UTF_8)));
    return answer.status();
  }

  private long company(String... pairs) {
    return world.hubspot().companyPerson().create(People.values(pairs), Author.person());
  }

  private ObjectNode onlyCustomer() {
    assertThat(world.stripe().state().customers()).hasSize(1);
    return world.stripe().state().customers().getFirst();
  }

  private ContactView onlyCompany() {
    assertThat(world.hubspot().companyState().liveContacts()).hasSize(1);
    return world.hubspot().companyState().liveContacts().getFirst();
  }

  /** At rest, with nothing unforeseen, and no call more. */
  private void settled() {
    world.runUntilQuiet();
    Checks checks = new Checks(world);
    assertThat(checks.never()).isEmpty();
    assertThat(checks.silence()).isEmpty();
  }

  @Test
  void makesABusinessCustomerOfACompany() {
    long company = company("name", "Analytical Engines Ltd", "domain", "engines.example.com");

    settled();

    assertThat(onlyCustomer().path("name").asString()).isEqualTo("Analytical Engines Ltd");
    assertThat(onlyCustomer().path("metadata").path("domain").asString())
        .isEqualTo("engines.example.com");
    Link link = Everything.links(world).getFirst();
    assertThat(link.record(Side.HUBSPOT))
        .isEqualTo(new RecordId(Side.HUBSPOT, "company", Long.toString(company)));
    assertThat(onlyCompany().value("stripe_customer_id"))
        .isEqualTo(onlyCustomer().path("id").asString());
  }

  @Test
  void makesACompanyOfABusinessCustomer() {
    people.customer("name", "Difference Engines GmbH", "address[city]", "Bern");

    settled();

    assertThat(onlyCompany().value("name")).isEqualTo("Difference Engines GmbH");
    assertThat(onlyCompany().value("city")).isEqualTo("Bern");
    assertThat(world.hubspot().state().liveContacts()).isEmpty();
  }

  @Test
  void carriesEveryFieldBothWaysThoughAnswersAreLost() {
    long company = company("name", "Analytical Engines Ltd");
    world.stripe().faults().add(Fault.lostAnswer().times(1).on("POST", "/v1/customers"));
    settled();
    String customer = onlyCustomer().path("id").asString();

    world
        .hubspot()
        .companyPerson()
        .update(company, People.values("phone", "+41 44 1", "city", "Bern"), Author.person());
    settled();
    assertThat(onlyCustomer().path("phone").asString()).isEqualTo("+41 44 1");
    assertThat(onlyCustomer().path("address").path("city").asString()).isEqualTo("Bern");

    world.hubspot().faults().add(Fault.lostAnswer().times(1).on("POST", "batch/update"));
    people.editCustomer(customer, "name", "Analytical Engines AG");
    settled();
    assertThat(onlyCompany().value("name")).isEqualTo("Analytical Engines AG");
  }

  @Test
  void leavesTheCustomerOfADeletedCompanyAlone() {
    long company = company("name", "Analytical Engines Ltd");
    settled();

    world.hubspot().companyPerson().delete(company, Author.person());
    settled();
    people.editCustomer(onlyCustomer().path("id").asString(), "name", "Somebody Else Ltd");
    settled();

    assertThat(onlyCustomer().path("name").asString()).isEqualTo("Somebody Else Ltd");
    assertThat(world.hubspot().companyState().liveContacts()).isEmpty();
  }

  @Test
  void hasNothingToDoWithPeople() {
    people.contact("email", "ada@example.com", "firstname", "Ada", "phone", "+44 20 1");

    settled();

    assertThat(world.stripe().state().customers()).isEmpty();
    assertThat(Everything.links(world)).isEmpty();
  }
}
