package io.github.anople.server.web;

import io.github.anople.server.connect.ConnectionWish;
import io.github.anople.server.connect.Connections;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Connection;
import io.github.anople.server.store.Product;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Webhooks, MQTT and watched folders. */
@Controller
@RequestMapping("/connections")
class ConnectionPageController {

  private static final String PLACE = "/connections";

  private final Connections connections;
  private final Projects projects;

  ConnectionPageController(Connections connections, Projects projects) {
    this.connections = connections;
    this.projects = projects;
  }

  @GetMapping
  ResponseEntity<byte[]> all() {
    return page(Map.of());
  }

  private ResponseEntity<byte[]> page(Map<Long, Connections.Outcome> tested) {
    List<ConnectionsPage.Item> items =
        connections.all().stream()
            .map(
                one ->
                    ConnectionItems.item(
                        one,
                        projects.get(one.product()).name(),
                        Optional.ofNullable(tested.get(one.id()))))
            .toList();
    return Pages.of("connections", new ConnectionsPage(items, !projects.all().isEmpty()));
  }

  @GetMapping("/new")
  ResponseEntity<byte[]> form(@RequestParam String kind) {
    List<String> products = projects.all().stream().map(Product::name).toList();
    return Pages.of("connection", ConnectionItems.form(Connections.kind(kind), products));
  }

  @PostMapping
  ResponseEntity<byte[]> add(
      @RequestParam String kind,
      @RequestParam String product,
      @RequestParam Map<String, String> fields) {
    connections.add(projects.get(product), Connections.kind(kind), wish(fields));
    return Pages.seeOther(PLACE);
  }

  @GetMapping("/{id}")
  ResponseEntity<byte[]> get(@PathVariable long id) {
    Connection connection = connections.get(id);
    return Pages.of(
        "connection", ConnectionItems.form(connection, projects.get(connection.product()).name()));
  }

  @PostMapping("/{id}")
  ResponseEntity<byte[]> change(@PathVariable long id, @RequestParam Map<String, String> fields) {
    connections.change(id, wish(fields));
    return Pages.seeOther(PLACE);
  }

  /** An empty field of a secret leaves it as it is; a box says that there is to be none. */
  private static ConnectionWish wish(Map<String, String> fields) {
    Optional<String> secret =
        fields.containsKey("none") ? Optional.of("") : field(fields, "secret");
    return new ConnectionWish(
        field(fields, "target"),
        field(fields, "topic"),
        field(fields, "clientId"),
        field(fields, "user"),
        secret,
        field(fields, "verdicts"),
        Optional.of(fields.containsKey("move")));
  }

  private static Optional<String> field(Map<String, String> fields, String name) {
    return Optional.ofNullable(fields.get(name)).filter(text -> !text.isEmpty());
  }

  @PostMapping("/{id}/pause")
  ResponseEntity<byte[]> pause(@PathVariable long id) {
    connections.pause(id, true);
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{id}/resume")
  ResponseEntity<byte[]> resume(@PathVariable long id) {
    connections.pause(id, false);
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{id}/delete")
  ResponseEntity<byte[]> delete(@PathVariable long id) {
    connections.delete(id);
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{id}/test")
  ResponseEntity<byte[]> test(@PathVariable long id) {
    return page(Map.of(id, connections.test(id)));
  }
}
