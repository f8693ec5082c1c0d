package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.account.Person;
import io.github.anople.server.account.Tokens;
import io.github.anople.server.enrol.Jobs;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import io.github.anople.server.store.Role;
import io.github.anople.server.store.Token;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Jobs, the computer, tokens. */
@Controller
@RequestMapping("/system")
class SystemController {

  private static final int JOBS = 50;

  private final Projects projects;
  private final Jobs jobs;
  private final Tokens tokens;
  private final Computer computer;

  SystemController(Projects projects, Jobs jobs, Tokens tokens, Computer computer) {
    this.projects = projects;
    this.jobs = jobs;
    this.tokens = tokens;
    this.computer = computer;
  }

  @GetMapping
  ResponseEntity<byte[]> system() {
    return page("");
  }

  private ResponseEntity<byte[]> page(String made) {
    Person person = Person.now().orElseThrow();
    Map<Long, String> names =
        projects.all().stream().collect(Collectors.toMap(Product::id, Product::name));
    return Pages.of(
        "system",
        new SystemPage(
            jobs.latest(JOBS).stream().map(job -> item(job, names.get(job.product()))).toList(),
            computer.facts(),
            tokens.all().stream().map(token -> item(token, person)).toList(),
            roles(person),
            made));
  }

  private static SystemPage.JobItem item(Job job, String product) {
    return new SystemPage.JobItem(
        job.id(),
        product,
        job.state().id(),
        job.state().ended(),
        job.fault().orElse(job.stage()),
        Words.time(job.createdAt()));
  }

  private static SystemPage.TokenItem item(Token token, Person viewer) {
    return new SystemPage.TokenItem(
        token.id(),
        token.name(),
        token.role().id(),
        token.madeBy() + ", " + Words.time(token.createdAt()),
        token.expiresAt().map(Words::time).orElse("never"),
        token.usedAt().map(Words::time).orElse("never"),
        Tokens.mayGive(viewer, token.role()));
  }

  private static List<String> roles(Person person) {
    return Arrays.stream(Role.values())
        .filter(role -> Tokens.mayGive(person, role))
        .map(Role::id)
        .toList();
  }

  @PostMapping("/tokens")
  ResponseEntity<byte[]> make(
      @RequestParam String name, @RequestParam String role, @RequestParam Optional<Integer> days) {
    Person person = Person.now().orElseThrow();
    return page(tokens.make(person, name, Role.of(role), days.map(Duration::ofDays)).secret());
  }

  @PostMapping("/tokens/{token}/revoke")
  ResponseEntity<byte[]> revoke(@PathVariable long token) {
    tokens.revoke(Person.now().orElseThrow(), token);
    return Pages.seeOther("/system");
  }
}
