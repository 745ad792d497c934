package dev.twofold.sync.side.hubspot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import tools.jackson.databind.JsonNode;

/**
 * The part of HubSpot's API that the sync uses. Paths are those of {@link HubSpotPaths}; contacts
 * are looked up by POST, so that no address is in a URL. Everything in an answer may be missing.
 */
@HttpExchange(accept = "application/json")
interface HubSpotApi {

  @PostExchange("${objects}/{type}/batch/create")
  ResponseEntity<Batch> create(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer,
      @PathVariable String type,
      @RequestBody Inputs rows);

  @PostExchange("${objects}/{type}/batch/update")
  ResponseEntity<Batch> update(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer,
      @PathVariable String type,
      @RequestBody Inputs rows);

  @PostExchange("${objects}/{type}/batch/read")
  ResponseEntity<Batch> read(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer,
      @PathVariable String type,
      @RequestBody Inputs rows);

  /** A null cursor asks for the first page. */
  @GetExchange("${objects}/{type}")
  ResponseEntity<ContactPage> list(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer,
      @PathVariable String type,
      @RequestParam int limit,
      @RequestParam(required = false) @Nullable String after,
      @RequestParam String properties);

  @PostExchange("${events}/send/batch")
  ResponseEntity<Void> send(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RequestBody Events events);

  @GetExchange("${properties}/{name}")
  ResponseEntity<Property> property(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer, @PathVariable String name);

  @GetExchange("${properties}")
  ResponseEntity<Properties> properties(@RequestHeader(HttpHeaders.AUTHORIZATION) String bearer);

  @PostExchange("${properties}")
  ResponseEntity<Property> define(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RequestBody Property property);

  @GetExchange("${events}/event-definitions")
  ResponseEntity<Definitions> definitions(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RequestParam String searchString);

  @PostExchange("${events}/event-definitions")
  ResponseEntity<Definition> define(
      @RequestHeader(HttpHeaders.AUTHORIZATION) String bearer, @RequestBody Definition definition);

  /** What a batch is about. */
  @JsonInclude(Include.NON_NULL)
  record Inputs(
      @Nullable String idProperty, @Nullable List<String> properties, List<Input> inputs) {}

  /** One row of a batch. */
  @JsonInclude(Include.NON_NULL)
  record Input(
      @Nullable String id,
      @Nullable Map<String, String> properties,
      @Nullable String objectWriteTraceId) {}

  /** What came of a batch; a 207 carries results and errors. */
  record Batch(
      @Nullable String status,
      @Nullable List<Contact> results,
      @Nullable Integer numErrors,
      @Nullable List<ApiError> errors) {}

  /** A contact. Never prints what it holds. */
  record Contact(
      @Nullable String id,
      @Nullable Map<String, @Nullable String> properties,
      @Nullable String createdAt,
      @Nullable Boolean archived,
      @Nullable String objectWriteTraceId) {

    @Override
    public String toString() {
      return "Contact[" + id + "]";
    }
  }

  /** A page of contacts. */
  record ContactPage(@Nullable List<Contact> results, @Nullable Paging paging) {}

  /** Where a list goes on. */
  record Paging(@Nullable Next next) {}

  /** The cursor of the next page. */
  record Next(@Nullable String after) {}

  /** The body of a refused call, and each of the errors of a 207. */
  record ApiError(
      @Nullable String message,
      @Nullable String category,
      @Nullable String policyName,
      @Nullable List<Detail> errors,
      @Nullable Map<String, JsonNode> context) {}

  /** One of several reasons of an error. */
  record Detail(
      @Nullable String message, @Nullable String code, @Nullable Map<String, JsonNode> context) {}

  /** Custom events to send. */
  record Events(List<Event> inputs) {}

  /** A custom event. */
  record Event(
      String eventName,
      String objectId,
      String occurredAt,
      String uuid,
      Map<String, String> properties) {}

  /** A property of contacts. */
  @JsonInclude(Include.NON_NULL)
  record Property(
      @Nullable String name,
      @Nullable String label,
      @Nullable String groupName,
      @Nullable String type,
      @Nullable String fieldType,
      @Nullable String description,
      @Nullable Boolean hasUniqueValue) {}

  /** The properties of contacts. */
  record Properties(@Nullable List<Property> results) {}

  /** A kind of custom event. */
  @JsonInclude(Include.NON_NULL)
  record Definition(
      @Nullable String label,
      @Nullable String name,
      @Nullable String primaryObject,
      @Nullable Boolean includeDefaultProperties,
      @Nullable List<DefinitionProperty> propertyDefinitions,
      @Nullable String fullyQualifiedName) {}

  /** A property of a kind of custom event. */
  record DefinitionProperty(String name, String label, String type) {}

  /** Kinds of custom events. */
  record Definitions(@Nullable List<Definition> results) {}
}
