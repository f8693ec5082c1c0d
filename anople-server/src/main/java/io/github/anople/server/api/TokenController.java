package io.github.anople.server.api;

import io.github.anople.server.account.Person;
import io.github.anople.server.account.Tokens;
import io.github.anople.server.store.Role;
import io.github.anople.server.store.Token;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What programs sign in with. */
@RestController
@Tag(name = "System", description = "Tokens and backups")
@RequestMapping("/api/v1/tokens")
public class TokenController {

  private final Tokens tokens;

  TokenController(Tokens tokens) {
    this.tokens = tokens;
  }

  @Schema(name = "NewToken")
  record NewToken(String name, Role role, Optional<Integer> days) {}

  @Schema(name = "Token")
  record View(
      long id,
      String name,
      String role,
      String madeBy,
      Instant createdAt,
      Optional<Instant> expiresAt,
      Optional<Instant> usedAt,
      Optional<String> secret) {

    static View of(Token token, Optional<String> secret) {
      return new View(
          token.id(),
          token.name(),
          token.role().id(),
          token.madeBy(),
          token.createdAt(),
          token.expiresAt(),
          token.usedAt(),
          secret);
    }
  }

  @Operation(operationId = "tokens", summary = "All tokens, without their secrets")
  @GetMapping
  List<View> all() {
    return tokens.all().stream().map(token -> View.of(token, Optional.empty())).toList();
  }

  @Operation(
      operationId = "makeToken",
      summary = "Makes a token",
      description = "The answer alone has the secret, which is never told again.")
  @ApiResponse(responseCode = "201", description = "The token", useReturnTypeSchema = true)
  @PostMapping
  ResponseEntity<View> make(@RequestBody NewToken token) {
    Tokens.Made made =
        tokens.make(
            Person.now().orElseThrow(),
            token.name(),
            token.role(),
            token.days().map(Duration::ofDays));
    return ResponseEntity.created(URI.create("/api/v1/tokens/" + made.token().id()))
        .cacheControl(CacheControl.noStore())
        .body(View.of(made.token(), Optional.of(made.secret())));
  }

  @Operation(operationId = "revokeToken", summary = "Revokes a token")
  @ApiResponse(responseCode = "204", description = "It is of no use any more", content = @Content)
  @DeleteMapping("/{token}")
  ResponseEntity<Void> revoke(@PathVariable long token) {
    tokens.revoke(Person.now().orElseThrow(), token);
    return ResponseEntity.noContent().build();
  }
}
