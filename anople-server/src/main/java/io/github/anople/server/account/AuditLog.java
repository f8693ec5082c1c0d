package io.github.anople.server.account;

import io.github.anople.core.Sha256;
import io.github.anople.server.Audit;
import io.github.anople.server.store.AuditRow;
import io.github.anople.server.store.AuditStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import tools.jackson.databind.json.JsonMapper;

/**
 * The audit log: a chain of rows, each of which holds the hash of the one before. A row that was
 * changed, put in or taken out breaks it; one who can write to the database can make all of it
 * anew, so its last hash is worth noting elsewhere.
 */
@Service
public class AuditLog implements Audit {

  private static final JsonMapper JSON = new JsonMapper();

  /** Who has not signed in. */
  static final String SOMEBODY = "somebody";

  private static final String NOTHING_BEFORE = "0".repeat(64);
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_SUBJECT = 300;
  private static final int LONGEST_DETAILS = 2000;
  private static final int AT_A_TIME = 1000;

  private final AuditStore store;
  private final TransactionTemplate alone;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();

  AuditLog(AuditStore store, PlatformTransactionManager transactions, Clock clock) {
    this.store = store;
    this.alone = new TransactionTemplate(transactions);
    // The next row may follow as soon as this one is there, whatever becomes of what is noted.
    this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.clock = clock;
  }

  /**
   * What a look at the whole chain found.
   *
   * @param rows how many are whole
   * @param lastHash of the last of them
   * @param broken number of the first row that does not follow; empty where all do
   */
  public record Checked(long rows, String lastHash, Optional<Long> broken) {}

  @Override
  public void note(String action, String subject, String details) {
    note(
        Person.now().map(Person::name).orElse(origin().isEmpty() ? "the server" : SOMEBODY),
        action,
        subject,
        details);
  }

  /** The same, of somebody who has not signed in. */
  void note(String who, String action, String subject, String details) {
    lock.lock();
    try {
      alone.executeWithoutResult(
          status ->
              store.add(
                  chained(
                      store.last(),
                      fit(who, LONGEST_NAME),
                      fit(action, LONGEST_NAME),
                      fit(subject, LONGEST_SUBJECT),
                      fit(details, LONGEST_DETAILS))));
    } finally {
      lock.unlock();
    }
  }

  private AuditRow chained(
      Optional<AuditRow> before, String who, String action, String subject, String details) {
    AuditRow row =
        new AuditRow(
            before.map(AuditRow::id).orElse(0L) + 1,
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            who,
            action,
            subject,
            details,
            origin(),
            before.map(AuditRow::hash).orElse(NOTHING_BEFORE),
            "");
    return new AuditRow(
        row.id(),
        row.notedAt(),
        row.who(),
        row.action(),
        row.subject(),
        row.details(),
        row.origin(),
        row.hashBefore(),
        hash(row));
  }

  private static String origin() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request
        ? fit(request.getRequest().getRemoteAddr(), LONGEST_NAME)
        : "";
  }

  /** In one line, as long as the table takes, and of characters that every database gives back. */
  private static String fit(String text, int longest) {
    String line = text.replaceAll("\\p{Cntrl}", " ");
    String cut = line.length() <= longest ? line : line.substring(0, longest - 1) + "…";
    return new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  /** Over all fields, each told apart from the next. */
  static String hash(AuditRow row) {
    List<Object> fields =
        List.of(
            row.id(),
            row.notedAt().toString(),
            row.who(),
            row.action(),
            row.subject(),
            row.details(),
            row.origin(),
            row.hashBefore());
    MessageDigest digest = Sha256.digest();
    digest.update(JSON.writeValueAsBytes(fields));
    return Sha256.hex(digest);
  }

  /**
   * Rows before one.
   *
   * @param id its number; empty for the newest
   * @param most how many
   * @return the newest first
   */
  public List<AuditRow> before(Optional<Long> id, int most) {
    return store.before(id.orElse(Long.MAX_VALUE), most);
  }

  /**
   * Rows after one.
   *
   * @param id its number; 0 for all
   * @return the oldest first, a thousand at most
   */
  public List<AuditRow> after(long id) {
    return store.after(id, AT_A_TIME);
  }

  /**
   * Looks at the whole chain.
   *
   * @return how far it is whole
   */
  public Checked check() {
    long rows = 0;
    String hash = NOTHING_BEFORE;
    for (List<AuditRow> some = after(0); !some.isEmpty(); some = after(rows)) {
      for (AuditRow row : some) {
        if (row.id() != rows + 1
            || !row.hashBefore().equals(hash)
            || !row.hash().equals(hash(row))) {
          return new Checked(rows, hash, Optional.of(row.id()));
        }
        rows++;
        hash = row.hash();
      }
    }
    return new Checked(rows, hash, Optional.empty());
  }
}
