package io.github.anople.server.web;

import io.github.anople.core.InputException;
import io.github.anople.server.account.Accounts;
import io.github.anople.server.account.Accounts.NewPassword;
import io.github.anople.server.account.FirstStart;
import io.github.anople.server.account.Person;
import io.github.anople.server.account.Sessions;
import io.github.anople.server.account.SignIn;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.Account;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** First start, signing in and out, one's own password. */
@Controller
class SignInController {

  private static final String SIGN_IN = "/sign-in";

  private final FirstStart firstStart;
  private final SignIn signIn;
  private final Sessions sessions;
  private final Accounts accounts;

  SignInController(FirstStart firstStart, SignIn signIn, Sessions sessions, Accounts accounts) {
    this.firstStart = firstStart;
    this.signIn = signIn;
    this.sessions = sessions;
    this.accounts = accounts;
  }

  @GetMapping("/first-start")
  ResponseEntity<byte[]> firstStart() {
    return firstStart.isPending() ? firstStart(HttpStatus.OK, "") : Pages.seeOther(SIGN_IN);
  }

  private ResponseEntity<byte[]> firstStart(HttpStatus status, String fault) {
    return Pages.of(status, "firstStart", new FirstStartPage(firstStart.asksForCode(), fault));
  }

  @PostMapping("/first-start")
  ResponseEntity<byte[]> begin(
      @RequestParam(defaultValue = "") String code,
      @RequestParam String password,
      @RequestParam String again,
      HttpServletRequest request) {
    try {
      firstStart.begin(code, new NewPassword(password, again), request.getRemoteAddr());
    } catch (InputException e) {
      return firstStart(HttpStatus.UNPROCESSABLE_CONTENT, e.getMessage());
    }
    return signIn("/", FirstStart.NAME, password, request);
  }

  @GetMapping("/sign-in")
  ResponseEntity<byte[]> signIn(
      @RequestParam(defaultValue = "/") String next,
      @RequestParam(defaultValue = "false") boolean changed) {
    String remark = changed ? "The password is changed: sign in with the new one." : "";
    return firstStart.isPending()
        ? Pages.seeOther("/first-start")
        : Pages.of("signIn", new SignInPage(own(next), "", "", remark));
  }

  @PostMapping("/sign-in")
  ResponseEntity<byte[]> signIn(
      @RequestParam(defaultValue = "/") String next,
      @RequestParam String name,
      @RequestParam String password,
      HttpServletRequest request) {
    Optional<Account> account = signIn.account(name, password, request.getRemoteAddr());
    if (account.isEmpty()) {
      return Pages.of(
          HttpStatus.UNAUTHORIZED,
          "signIn",
          new SignInPage(own(next), name, "Name and password do not belong together.", ""));
    }
    sessions.begin(request, account.get());
    return Pages.seeOther(own(next));
  }

  /** An address of this server alone: none that a link of somebody else's leads on to. */
  private static String own(String next) {
    return next.matches("/([\\w.-][\\w./?&=%:-]*)?") ? next : "/";
  }

  @PostMapping("/sign-out")
  ResponseEntity<byte[]> signOut(HttpServletRequest request) {
    sessions.end(request);
    return Pages.seeOther(SIGN_IN);
  }

  @GetMapping("/account")
  ResponseEntity<byte[]> account() {
    return Pages.of(
        "account", new AccountPage(Person.now().flatMap(Person::account).isPresent(), ""));
  }

  @PostMapping("/account/password")
  ResponseEntity<byte[]> password(
      @RequestParam String old,
      @RequestParam String password,
      @RequestParam String again,
      HttpServletRequest request) {
    Account account =
        accounts.get(
            Person.now()
                .flatMap(Person::account)
                .orElseThrow(
                    () -> new MissingException("password", "is none of a token's", "sign in")));
    try {
      if (signIn.account(account.name(), old, request.getRemoteAddr()).isEmpty()) {
        throw new InputException("old password", "is not right", "type it once more");
      }
      accounts.password(account.id(), new NewPassword(password, again));
    } catch (InputException e) {
      return Pages.of(
          HttpStatus.UNPROCESSABLE_CONTENT, "account", new AccountPage(true, e.getMessage()));
    }
    sessions.end(request);
    return Pages.seeOther(SIGN_IN + "?changed=true");
  }
}
