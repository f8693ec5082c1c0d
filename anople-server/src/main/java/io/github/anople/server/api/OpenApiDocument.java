package io.github.anople.server.api;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the document for programs says of all operations alike. */
@Configuration(proxyBeanMethods = false)
class OpenApiDocument {

  private static final String TOKEN = "token";
  private static final String PROBLEM = "Problem";
  private static final String TOO_MANY = "TooMany";

  /** What is called the same is the same. */
  private static final Map<String, String> PARAMETERS =
      Map.ofEntries(
          Map.entry("product", "The product's name"),
          Map.entry("sha256", "The picture's content: its SHA-256"),
          Map.entry("job", "The job's number"),
          Map.entry("id", "Its number"),
          Map.entry("version", "The number of the detector's version"),
          Map.entry("serialNumber", "The part's serial number"),
          Map.entry("source", "Where the picture comes from, such as a station's name"),
          Map.entry("token", "The token's number"),
          Map.entry("review", "Only those of this state: none, waiting, good or bad"),
          Map.entry("from", "Only from this day or moment on, such as 2026-11-30; in UTC"),
          Map.entry("until", "Only until the end of this day, or before this moment; in UTC"),
          Map.entry("Idempotency-Key", "The sender's own name for the request"),
          Map.entry("verdict", "Only those of this verdict"),
          Map.entry("before", "Only those before this number: where the last page ended"),
          Map.entry("limit", "How many at most, up to 1000"),
          Map.entry("name", "What it is called here"));

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("AnoPLe")
                .version("1")
                .description(
                    "Inspects pictures of products that a few good pictures taught it. Faults are"
                        + " answered as application/problem+json: what is wrong with what, and"
                        + " what to do.")
                .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
        .components(
            new Components()
                .addSecuritySchemes(
                    TOKEN, new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("bearer"))
                .addSchemas(PROBLEM, problem())
                .addResponses(PROBLEM, response("What is wrong, and what to do"))
                .addResponses(
                    TOO_MANY,
                    response("Too many wait: send it again later")
                        .addHeaderObject(
                            "Retry-After",
                            new Header().description("Seconds to wait").schema(of("integer")))))
        .addSecurityItem(new SecurityRequirement().addList(TOKEN));
  }

  private static Schema<?> problem() {
    Schema<?> problem = of("object").description("What is wrong, as RFC 9457 tells it");
    text(problem, "title", "The status in words");
    problem.addProperty("status", of("integer").description("The status"));
    text(problem, "detail", "All of it in one line");
    text(problem, "instance", "The address that was asked");
    text(problem, "where", "What is at fault");
    text(problem, "problem", "What is wrong with it");
    text(problem, "remedy", "What to do");
    return problem.required(List.of("title", "status", "detail"));
  }

  private static Schema<?> of(String type) {
    return new Schema<>().types(Set.of(type));
  }

  private static void text(Schema<?> of, String name, String description) {
    of.addProperty(name, of("string").description(description));
  }

  private static ApiResponse response(String description) {
    return new ApiResponse()
        .description(description)
        .content(
            new Content()
                .addMediaType(
                    "application/problem+json",
                    new MediaType()
                        .schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM))));
  }

  @Bean
  RequiredProperties requiredProperties() {
    return new RequiredProperties();
  }

  @Bean
  OpenApiCustomizer alike() {
    return document ->
        document
            .getPaths()
            .forEach(
                (path, item) ->
                    item.readOperationsMap()
                        .forEach((method, operation) -> complete(path, method, operation)));
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    List<Parameter> parameters =
        operation.getParameters() == null ? List.of() : operation.getParameters();
    for (Parameter parameter : parameters) {
      if (parameter.getDescription() == null) {
        parameter.setDescription(PARAMETERS.get(parameter.getName()));
      }
    }
    if (path.contains("{")) {
      fault(operation, "404", PROBLEM);
    }
    if (method != PathItem.HttpMethod.GET) {
      fault(operation, "409", PROBLEM);
      fault(operation, "422", PROBLEM);
    }
    if (operation.getOperationId().equals("inspect")) {
      fault(operation, "429", TOO_MANY);
    }
    fault(operation, "default", PROBLEM);
  }

  private static void fault(Operation operation, String status, String response) {
    operation
        .getResponses()
        .addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + response));
  }
}
