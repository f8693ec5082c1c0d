package io.github.anople.server.web;

import io.github.anople.inspect.page.Words;
import io.github.anople.server.account.Accounts;
import io.github.anople.server.account.Accounts.NewPassword;
import io.github.anople.server.store.Account;
import io.github.anople.server.store.Role;
import java.util.Arrays;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Who may sign in, and what each may do. */
@Controller
@RequestMapping("/system/users")
class UsersController {

  private static final String PLACE = "/system/users";

  private final Accounts accounts;

  UsersController(Accounts accounts) {
    this.accounts = accounts;
  }

  @GetMapping
  ResponseEntity<byte[]> users() {
    return Pages.of(
        "users",
        new UsersPage(
            accounts.all().stream().map(UsersController::user).toList(),
            Arrays.stream(Role.values()).map(Role::id).toList()));
  }

  private static UsersPage.User user(Account account) {
    return new UsersPage.User(
        account.id(), account.name(), account.role().id(), Words.time(account.createdAt()));
  }

  @PostMapping
  ResponseEntity<byte[]> add(
      @RequestParam String name,
      @RequestParam String role,
      @RequestParam String password,
      @RequestParam String again) {
    accounts.add(name, Role.of(role), new NewPassword(password, again));
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{user}/role")
  ResponseEntity<byte[]> role(@PathVariable long user, @RequestParam String role) {
    accounts.role(user, Role.of(role));
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{user}/password")
  ResponseEntity<byte[]> password(
      @PathVariable long user, @RequestParam String password, @RequestParam String again) {
    accounts.password(user, new NewPassword(password, again));
    return Pages.seeOther(PLACE);
  }

  @PostMapping("/{user}/remove")
  ResponseEntity<byte[]> remove(@PathVariable long user) {
    accounts.remove(user);
    return Pages.seeOther(PLACE);
  }
}
