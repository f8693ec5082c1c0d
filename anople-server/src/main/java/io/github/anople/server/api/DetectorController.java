package io.github.anople.server.api;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.enrol.Jobs;
import io.github.anople.server.enrol.Promise;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Detectors of a product: training, versions, files; and the jobs. */
@RestController
@RequestMapping("/api/v1")
public class DetectorController {

  private static final int JOBS = 20;

  private final Projects projects;
  private final Detectors detectors;
  private final Jobs jobs;

  DetectorController(Projects projects, Detectors detectors, Jobs jobs) {
    this.projects = projects;
    this.detectors = detectors;
    this.jobs = jobs;
  }

  record JobView(
      long id,
      String kind,
      String state,
      String stage,
      int done,
      int total,
      Optional<String> fault,
      List<String> remarks,
      Instant createdAt,
      Optional<Instant> startedAt,
      Optional<Instant> endedAt) {

    static JobView of(Job job) {
      return new JobView(
          job.id(),
          job.kind(),
          job.state().id(),
          job.stage(),
          job.done(),
          job.total(),
          job.fault(),
          job.remarks().lines().toList(),
          job.createdAt(),
          job.startedAt(),
          job.endedAt());
    }
  }

  record VersionView(
      int version,
      String sha256,
      String graphSha256,
      boolean provisional,
      boolean active,
      String origin,
      Instant createdAt) {

    static VersionView of(DetectorVersion version, Product product) {
      return new VersionView(
          version.version(),
          version.sha256(),
          version.graphSha256(),
          version.provisional(),
          product.inspectsWith(version),
          version.origin().id(),
          version.createdAt());
    }
  }

  /**
   * Thresholds that a person chose.
   *
   * @param threshold the largest score that is not NOT OK
   * @param uncertain the largest score that is OK; empty for one threshold
   */
  record Thresholds(float threshold, Optional<Float> uncertain) {}

  @PostMapping("/products/{product}/detectors:train")
  ResponseEntity<JobView> train(@PathVariable String product) {
    return accepted(detectors.train(projects.get(product)));
  }

  @PostMapping("/products/{product}/detectors:calibrate")
  ResponseEntity<JobView> calibrate(
      @PathVariable String product, @RequestBody(required = false) Promise promise) {
    Product of = projects.get(product);
    Promise wanted = promise == null ? detectors.promise(of) : promise;
    return accepted(detectors.calibrate(of, wanted));
  }

  @PostMapping("/products/{product}/detectors:correct")
  ResponseEntity<JobView> correct(@PathVariable String product) {
    return accepted(detectors.correct(projects.get(product)));
  }

  @PostMapping("/products/{product}/detectors:decide")
  VersionView decide(@PathVariable String product, @RequestBody Thresholds chosen) {
    DetectorVersion version =
        detectors.decide(projects.get(product), chosen.threshold(), chosen.uncertain());
    return VersionView.of(version, projects.get(product));
  }

  private static ResponseEntity<JobView> accepted(Job job) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/jobs/" + job.id()))
        .body(JobView.of(job));
  }

  @GetMapping("/products/{product}/jobs")
  List<JobView> jobs(@PathVariable String product) {
    return jobs.of(projects.get(product).id(), JOBS).stream().map(JobView::of).toList();
  }

  @GetMapping("/jobs/{job}")
  JobView job(@PathVariable long job) {
    return JobView.of(jobs.get(job));
  }

  /** Tells how a job goes on, until it ends. */
  @GetMapping(path = "/jobs/{job}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter events(@PathVariable long job) {
    jobs.get(job);
    SseEmitter events = new SseEmitter(0L);
    jobs.follow(
        job,
        now -> {
          try {
            events.send(JobView.of(now), MediaType.APPLICATION_JSON);
            if (now.state().ended()) {
              events.complete();
            }
            return true;
          } catch (IOException | IllegalStateException e) {
            return false; // Nobody listens any more.
          }
        });
    return events;
  }

  @PostMapping("/jobs/{job}:cancel")
  JobView cancel(@PathVariable long job) {
    return JobView.of(jobs.cancel(job));
  }

  @GetMapping("/products/{product}/detectors")
  List<VersionView> versions(@PathVariable String product) {
    Product of = projects.get(product);
    return detectors.of(of).stream().map(version -> VersionView.of(version, of)).toList();
  }

  @PostMapping("/products/{product}/detectors/{version}:activate")
  VersionView activate(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    detectors.activate(of, version);
    return VersionView.of(detectors.get(of, version), projects.get(product));
  }

  @GetMapping("/products/{product}/detectors/{version}.anople")
  ResponseEntity<Resource> anople(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    return file(of, version, ".anople", detectors.file(detectors.get(of, version)));
  }

  @GetMapping("/products/{product}/detectors/{version}.onnx")
  ResponseEntity<Resource> onnx(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    return file(of, version, ".onnx", detectors.graph(detectors.get(of, version)));
  }

  private static ResponseEntity<Resource> file(
      Product product, int version, String ending, Path file) {
    return ResponseEntity.ok()
        .contentType(MediaType.APPLICATION_OCTET_STREAM)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(product.name() + "-" + version + ending)
                .build()
                .toString())
        .body(new FileSystemResource(file));
  }
}
