package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The document for programs, and a client that is made from it. */
class OpenApiTest {

  /** What the build puts there: the generator, and what its clients need. */
  private static final Path GENERATOR = Path.of("target/generator").toAbsolutePath();

  private static final String CLIENT =
      """
      import client.ApiClient;
      import client.api.InspectionsApi;
      import client.model.Inspection;
      import java.io.File;

      class Station {
        public static void main(String[] given) throws Exception {
          ApiClient client = new ApiClient();
          client.updateBaseUri(given[0]);
          client.setRequestInterceptor(request -> request.header("Authorization", given[1]));
          Inspection made =
              new InspectionsApi(client).inspect("bracket", new File(given[2]), "A17", null, null);
          System.out.println(made.getVerdict().getValue() + " " + made.getScore());
        }
      }
      """;

  @TempDir static Path folder;

  private static TestServer server;
  private static Path document;
  private static JsonNode api;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.start(folder.resolve("data"), Optional.empty());
    String text = server.send(server.at("/v3/api-docs")).body();
    document = Files.writeString(folder.resolve("openapi.json"), text);
    api = new JsonMapper().readTree(text);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String generator(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Program.java(), "-Xmx256m"));
    command.addAll(List.of("-cp", GENERATOR.resolve("*").toString()));
    command.add("org.openapitools.codegen.OpenAPIGenerator");
    command.addAll(List.of(arguments));
    return Program.run(folder, Map.of(), command);
  }

  @Test
  void aValidatorHasNothingToSay() throws Exception {
    assertTrue(api.path("openapi").stringValue().startsWith("3.1."));
    String said = generator("validate", "--recommend", "-i", document.toString());
    assertTrue(said.contains("No validation issues detected."), said);
  }

  @Test
  void everyOperationSaysWhatItDoesTakesAndAnswers() {
    Set<String> ids = new HashSet<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        String at = method.getKey() + " " + path.getKey();
        String id = operation.path("operationId").asString("");
        assertTrue(id.matches("[a-z][A-Za-z]+"), () -> at + ": " + id);
        assertTrue(ids.add(id), at);
        assertFalse(operation.path("summary").asString("").isBlank(), at);
        assertTrue(operation.path("tags").get(0).stringValue().matches("[A-Z][a-z ]+"), at);
        for (JsonNode parameter : operation.path("parameters")) {
          assertFalse(
              parameter.path("description").asString("").isBlank(),
              () -> at + ": " + parameter.path("name"));
        }
        assertAnswers(at, operation.path("responses"));
      }
    }
    assertTrue(ids.containsAll(Set.of("inspect", "train", "exportProduct")), ids::toString);
  }

  private static void assertAnswers(String at, JsonNode responses) {
    assertEquals("#/components/responses/Problem", responses.at("/default/$ref").asString(), at);
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      if (response.getKey().matches("20[^4]")) {
        JsonNode content = response.getValue().path("content");
        assertEquals(1, content.size(), at);
        assertFalse(content.iterator().next().path("schema").isEmpty(), at);
      }
    }
  }

  @Test
  void whatTypesThereAreIsWhatProgramsSee() {
    JsonNode components = api.path("components");
    assertEquals("bearer", components.at("/securitySchemes/token/scheme").asString());
    assertEquals(1, api.path("security").size());
    Set<String> verdicts = new HashSet<>();
    components
        .at("/schemas/Inspection/properties/verdict/enum")
        .forEach(verdict -> verdicts.add(verdict.stringValue()));
    assertEquals(
        Set.of("OK", "UNCERTAIN", "NOT OK", "NOT LIKE THE PRODUCT", "UNDECIDED"), verdicts);
    Set<String> always = new HashSet<>();
    components
        .at("/schemas/NewProduct/required")
        .forEach(property -> always.add(property.stringValue()));
    assertEquals(Set.of("name"), always);
    for (Map.Entry<String, JsonNode> schema : components.path("schemas").properties()) {
      assertFalse(
          schema.getKey().matches(".*(View|Result|Emitter|Resource|Optional).*"), schema::getKey);
    }
    JsonNode body = api.at("/paths/~1api~1v1~1products~1{product}~1inspections/post/requestBody");
    for (String type : List.of("image/png", "image/jpeg", "multipart/form-data")) {
      assertTrue(body.path("content").has(type), body::toString);
    }
    assertTrue(
        api.at("/components/responses/Problem/content").has("application/problem+json"),
        components::toString);
  }

  @Test
  void aClientIsMadeOfItAndInspects() throws Exception {
    Path client = folder.resolve("client");
    generator(
        "generate",
        "-i",
        document.toString(),
        "-o",
        client.toString(),
        "-g",
        "java",
        "--library",
        "native",
        "--additional-properties=useJakartaEe=true,openApiNullable=false,"
            + "invokerPackage=client,apiPackage=client.api,modelPackage=client.model");
    Path station = Files.writeString(client.resolve("Station.java"), CLIENT);
    String libraries = String.join(File.pathSeparator, Program.files(GENERATOR, ".jar"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d"));
    arguments.addAll(List.of(client.toString(), "-cp", libraries));
    arguments.addAll(Program.files(client.resolve("src/main/java"), ".java"));
    arguments.add(station.toString());
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, failed);

    server.enrol("bracket", TestServer.image("rgb_97x61.png"));
    String printed =
        Program.run(
            folder,
            Map.of(),
            List.of(
                Program.java(),
                "-cp",
                client + File.pathSeparator + libraries,
                "Station",
                server.address(),
                "Bearer " + server.token(),
                TestServer.image("rgb_97x61.png").toString()));
    JsonNode kept = server.get("/products/bracket/inspections?serialNumber=A17");
    JsonNode inspection = kept.path("inspections").get(0);
    assertEquals(
        inspection.path("verdict").stringValue() + " " + inspection.path("score").floatValue(),
        printed.strip());
  }
}
