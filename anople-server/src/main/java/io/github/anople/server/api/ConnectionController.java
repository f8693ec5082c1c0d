package io.github.anople.server.api;

import io.github.anople.server.connect.ConnectionWish;
import io.github.anople.server.connect.Connections;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Connection;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Webhooks, MQTT and watched folders. */
@RestController
@Tag(name = "Connections", description = "Watched folders, webhooks, MQTT")
@RequestMapping("/api/v1/connections")
public class ConnectionController {

  private final Connections connections;
  private final Projects projects;

  ConnectionController(Connections connections, Projects projects) {
    this.connections = connections;
    this.projects = projects;
  }

  @Schema(name = "NewConnection")
  record NewConnection(
      String product,
      String kind,
      Optional<String> target,
      Optional<String> topic,
      Optional<String> clientId,
      Optional<String> user,
      Optional<String> secret,
      Optional<String> verdicts,
      Optional<Boolean> move) {

    ConnectionWish wish() {
      return new ConnectionWish(target, topic, clientId, user, secret, verdicts, move);
    }
  }

  /** The secret itself is never told. */
  @Schema(name = "Connection")
  record ConnectionView(
      long id,
      String product,
      String kind,
      String target,
      Optional<String> topic,
      Optional<String> clientId,
      Optional<String> user,
      Optional<String> secret,
      String verdicts,
      boolean move,
      String state,
      long waiting,
      Optional<Instant> lastDeliveryAt,
      Optional<Instant> failingSince,
      Optional<String> fault,
      Optional<Instant> faultAt,
      long dropped,
      Instant createdAt) {}

  @Operation(operationId = "connections", summary = "All connections")
  @GetMapping
  List<ConnectionView> all() {
    return connections.all().stream().map(this::view).toList();
  }

  @Operation(
      operationId = "addConnection",
      summary = "Lets verdicts go, or pictures come, by themselves",
      description = "It works at once. Secrets are never answered.")
  @ApiResponse(responseCode = "201", description = "The connection", useReturnTypeSchema = true)
  @PostMapping
  ResponseEntity<ConnectionView> add(@RequestBody NewConnection wanted) {
    Connection added =
        connections.add(
            projects.get(wanted.product()), Connections.kind(wanted.kind()), wanted.wish());
    return ResponseEntity.created(URI.create("/api/v1/connections/" + added.id()))
        .body(view(added));
  }

  @Operation(operationId = "connection", summary = "A connection and how it stands")
  @GetMapping("/{id}")
  ConnectionView get(@PathVariable long id) {
    return view(connections.get(id));
  }

  @Operation(
      operationId = "changeConnection",
      summary = "Lets a connection lead elsewhere",
      description = "Everything anew but the secret, which stays unless there is another.")
  @PutMapping("/{id}")
  ConnectionView change(@PathVariable long id, @RequestBody ConnectionWish wish) {
    return view(connections.change(id, wish));
  }

  @Operation(
      operationId = "deleteConnection",
      summary = "Deletes a connection with all that waits for it")
  @ApiResponse(responseCode = "204", description = "It is gone", content = @Content)
  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(@PathVariable long id) {
    connections.delete(id);
    return ResponseEntity.noContent().build();
  }

  @Operation(
      operationId = "pauseConnection",
      summary = "Lets a connection rest",
      description = "What is to be delivered waits meanwhile.")
  @PostMapping("/{id}:pause")
  ConnectionView pause(@PathVariable long id) {
    return view(connections.pause(id, true));
  }

  @Operation(operationId = "resumeConnection", summary = "Lets a connection go on")
  @PostMapping("/{id}:resume")
  ConnectionView resume(@PathVariable long id) {
    return view(connections.pause(id, false));
  }

  @Operation(
      operationId = "testConnection",
      summary = "Tries a connection",
      description = "A message is sent, or the folder is looked at; in less than ten seconds.")
  @PostMapping("/{id}:test")
  Connections.Outcome test(@PathVariable long id) {
    return connections.test(id);
  }

  private ConnectionView view(Connection connection) {
    Connection.Settings settings = connection.settings();
    Connection.Progress progress = connection.progress();
    return new ConnectionView(
        connection.id(),
        projects.get(connection.product()).name(),
        connection.kind().id(),
        settings.target(),
        settings.topic(),
        settings.clientId(),
        settings.user(),
        settings.secret().map(any -> "set"),
        settings.verdicts().id(),
        settings.move(),
        connection.state().id(),
        progress.waiting(),
        progress.lastDeliveryAt(),
        progress.failingSince(),
        progress.fault(),
        progress.faultAt(),
        progress.dropped(),
        connection.createdAt());
  }
}
