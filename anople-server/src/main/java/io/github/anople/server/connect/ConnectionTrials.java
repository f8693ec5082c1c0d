package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Listing;
import io.github.anople.server.store.Connection;
import jakarta.annotation.PreDestroy;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Tries connections while somebody waits for the answer, which comes in time whatever happens. */
@Component
final class ConnectionTrials {

  private static final int MOST = 8;

  private final Channels channels;
  private final Messages messages;
  private final FolderRule folders;
  private final ConnectSettings settings;
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          MOST,
          1,
          TimeUnit.MINUTES,
          new SynchronousQueue<>(),
          work -> Threads.daemon(work, "anople-trial"));

  ConnectionTrials(
      Channels channels, Messages messages, FolderRule folders, ConnectSettings settings) {
    this.channels = channels;
    this.messages = messages;
    this.folders = folders;
    this.settings = settings;
  }

  /**
   * Tries a connection.
   *
   * @return what worked
   * @throws DeliveryException why it does not
   */
  String run(Connection connection) throws DeliveryException {
    Stop stop = new Stop();
    try {
      Future<String> trial = threads.submit(() -> attempt(connection, stop));
      return trial.get(settings.trial().toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      throw new DeliveryException("too many tests run at a time: try again in a moment", e);
    } catch (TimeoutException e) {
      throw Faults.told(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeliveryException("the server is being stopped", e);
    } catch (ExecutionException e) {
      throw words(e.getCause());
    } finally {
      stop.ask();
    }
  }

  private static DeliveryException words(Throwable fault) {
    if (fault instanceof DeliveryException known) {
      return known;
    }
    return fault instanceof InputException
        ? new DeliveryException(fault.getMessage(), fault)
        : Faults.told(fault);
  }

  private String attempt(Connection connection, Stop stop)
      throws DeliveryException, InterruptedException {
    if (!connection.kind().sends()) {
      Connection.Settings wanted = connection.settings();
      Path folder = folders.check(wanted.target(), wanted.move());
      Listing others = new Listing(Optional.of(folder.resolve(FolderPictures.FINISHED)));
      int pictures = ImageFiles.under(folder, others).size();
      return "the folder can be read; pictures in it and below: " + pictures;
    }
    try (Channel channel = channels.open(connection, settings.trial())) {
      return channel.send(messages.test(connection), stop);
    }
  }

  @PreDestroy
  void close() {
    threads.shutdownNow();
  }
}
