package io.github.anople.server.enrol;

import io.github.anople.core.InputException;
import io.github.anople.server.project.MissingException;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Job.State;
import io.github.anople.server.store.JobStore;
import io.github.anople.server.store.Outage;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Service;

/**
 * What takes a while, one after the other: a computer has one set of cores. Jobs are rows, so they
 * outlive the server: one that ran when it ended goes on at the next start.
 */
@Service
public class Jobs implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final long LOOK_AGAIN = 500;
  private static final long LONGEST_QUIET = 10_000;

  /** Until a database that is away is asked again. */
  private static final long PAUSE = 1_000;

  private final JobStore store;
  private final TrainingJob training;
  private final Clock clock;
  private final Semaphore asked = new Semaphore(0);
  private final ExecutorService followers = Executors.newCachedThreadPool();
  private final Map<Long, TrainingChild> children = new ConcurrentHashMap<>();
  private volatile boolean running;
  private Thread worker;

  Jobs(JobStore store, TrainingJob training, Clock clock, MeterRegistry meters) {
    this.store = store;
    this.training = training;
    this.clock = clock;
    meters.gaugeMapSize("anople.jobs.running", Tags.empty(), children);
  }

  /**
   * Asks for a product's next version.
   *
   * @param product the product's number
   * @param task how it is to come about
   * @param promise what its thresholds are to hold
   * @return the job
   */
  Job add(long product, Task task, Promise promise) {
    long id = store.add(product, task.id(), TrainingJob.settings(promise), clock.instant());
    asked.release();
    return get(id);
  }

  /**
   * A job.
   *
   * @param id its number
   * @return the job
   * @throws MissingException if there is none
   */
  public Job get(long id) {
    return store
        .find(id)
        .orElseThrow(() -> new MissingException("job " + id, "is not there", "check the number"));
  }

  /**
   * The latest jobs of a product.
   *
   * @param product its number
   * @param most how many
   * @return the newest first
   */
  public List<Job> of(long product, int most) {
    return store.of(product, most);
  }

  /**
   * The latest jobs of all products.
   *
   * @param most how many
   * @return the newest first
   */
  public List<Job> latest(int most) {
    return store.latest(most);
  }

  /**
   * Ends a job that has not ended.
   *
   * @param id its number
   * @return the job as it is then
   */
  public Job cancel(long id) {
    get(id);
    store.end(id, State.CANCELLED, Optional.empty(), clock.instant());
    TrainingChild child = children.get(id);
    if (child != null) {
      child.cancel();
    }
    return get(id);
  }

  /**
   * Follows a job until it ends: every half a second at most, and at least every ten seconds, so
   * that a line that nobody uses is not closed.
   *
   * @param id its number
   * @param heard told how it stands, on a thread of its own; false when nobody listens any more
   */
  public void follow(long id, Predicate<Job> heard) {
    followers.execute(
        () -> {
          Job told = null;
          long quiet = 0;
          while (running) {
            Job now = look(id, told);
            if (!now.equals(told) || quiet >= LONGEST_QUIET) {
              if (!heard.test(now) || now.state().ended()) {
                return;
              }
              told = now;
              quiet = 0;
            }
            try {
              Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
              return;
            }
            quiet += LOOK_AGAIN;
          }
        });
  }

  /** A job as it stands; as it was told last while the database is away. */
  private Job look(long id, Job told) {
    try {
      return get(id);
    } catch (RuntimeException e) {
      if (told == null || Outage.of(e).isEmpty()) {
        throw e;
      }
      return told;
    }
  }

  @Override
  public void start() {
    running = true;
    asked.release();
    worker = new Thread(this::work, "anople-jobs");
    worker.start();
  }

  @Override
  public void stop() {
    running = false;
    followers.shutdownNow();
    children.values().forEach(TrainingChild::cancel);
    asked.release();
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  private void work() {
    while (running) {
      try {
        asked.acquire();
        asked.drainPermits();
        for (Optional<Job> next = next(); running && next.isPresent(); next = next()) {
          work(next.get());
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** A database that is away comes back some time. */
  private Optional<Job> next() throws InterruptedException {
    while (running) {
      try {
        return store.next();
      } catch (RuntimeException e) {
        LOG.warn("the jobs cannot be read: {}", e.getMessage());
        Thread.sleep(PAUSE);
      }
    }
    return Optional.empty();
  }

  private void work(Job job) throws InterruptedException {
    try {
      if (!store.start(job.id(), clock.instant())) {
        return;
      }
      LOG.info("job {} begins: {}", job.id(), job.kind());
      TrainingJob.Begun begun = training.start(job);
      try (TrainingChild child = begun.child()) {
        children.put(job.id(), child);
        // Cancelled or stopped before anybody could reach it.
        if (!running || get(job.id()).state().ended()) {
          child.cancel();
        }
        training.follow(begun);
      } finally {
        children.remove(job.id());
      }
      if (running) {
        store.end(job.id(), State.DONE, Optional.empty(), clock.instant());
      }
    } catch (InputException e) {
      end(job, e.getMessage());
    } catch (RuntimeException e) {
      if (Outage.of(e).isPresent()) {
        // It still counts as running, and goes on from its last epoch.
        LOG.warn("job {} waits, since it cannot be written down: {}", job.id(), e.getMessage());
        Thread.sleep(PAUSE);
      } else {
        LOG.error("job {} failed", job.id(), e);
        end(job, "an internal fault, see the log: " + e);
      }
    }
  }

  private void end(Job job, String fault) {
    if (!running) {
      return;
    }
    LOG.warn("job {} failed: {}", job.id(), fault);
    try {
      store.end(job.id(), State.FAILED, Optional.of(fault), clock.instant());
    } catch (RuntimeException e) {
      // It still counts as running, and is tried again.
      LOG.warn("the end of job {} cannot be written down: {}", job.id(), e.getMessage());
    }
  }
}
