package io.github.anople.server.api;

import io.github.anople.server.enrol.Detectors;
import io.github.anople.server.enrol.Jobs;
import io.github.anople.server.enrol.Promise;
import io.github.anople.server.project.Projects;
import io.github.anople.server.store.DetectorVersion;
import io.github.anople.server.store.Job;
import io.github.anople.server.store.Product;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
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
@Tag(name = "Detectors", description = "Training, versions of detectors, and their files")
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

  @Schema(name = "Job")
  record JobView(
      long id,
      @Schema(description = "What is done", example = "train") String kind,
      @Schema(allowableValues = {"queued", "running", "done", "failed", "cancelled"}) String state,
      @Schema(description = "What is being done, in words") String stage,
      @Schema(description = "Steps that are done") int done,
      @Schema(description = "Steps in all; 0 where nobody knows yet") int total,
      @Schema(description = "Why it failed") Optional<String> fault,
      @Schema(description = "What it found odd") List<String> remarks,
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

  @Schema(name = "Detector")
  record VersionView(
      @Schema(description = "Its number among the product's, from 1") int version,
      @Schema(description = "Content of its .anople") String sha256,
      @Schema(description = "Content of its .onnx") String graphSha256,
      @Schema(description = "Whether it was made without training") boolean provisional,
      @Schema(description = "Whether it inspects") boolean active,
      @Schema(
              description = "How it came about",
              allowableValues = {"training", "calibration", "thresholds", "correction"})
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

  @Schema(name = "Thresholds")
  record Thresholds(
      @Schema(description = "The largest score that is not NOT OK") float threshold,
      @Schema(description = "The largest score that is OK; absent for one threshold")
          Optional<Float> uncertain) {}

  @Operation(
      operationId = "train",
      summary = "Trains the next version of a detector",
      description = "Follow the job; the version inspects as soon as it is there.")
  @ApiResponse(responseCode = "202", description = "The job", useReturnTypeSchema = true)
  @PostMapping("/products/{product}/detectors:train")
  ResponseEntity<JobView> train(@PathVariable String product) {
    return accepted(detectors.train(projects.get(product)));
  }

  @Operation(
      operationId = "calibrate",
      summary = "Makes a version with thresholds from the good pictures beside the shots",
      description =
          "What is promised may be left out: then it is what was promised last. Follow the job.")
  @ApiResponse(responseCode = "202", description = "The job", useReturnTypeSchema = true)
  @PostMapping("/products/{product}/detectors:calibrate")
  ResponseEntity<JobView> calibrate(
      @PathVariable String product, @RequestBody(required = false) Promise promise) {
    Product of = projects.get(product);
    Promise wanted = promise == null ? detectors.promise(of) : promise;
    return accepted(detectors.calibrate(of, wanted));
  }

  @Operation(
      operationId = "correct",
      summary = "Makes a version that remembers the good pictures that are for its memory",
      description = "Without training. Follow the job.")
  @ApiResponse(responseCode = "202", description = "The job", useReturnTypeSchema = true)
  @PostMapping("/products/{product}/detectors:correct")
  ResponseEntity<JobView> correct(@PathVariable String product) {
    return accepted(detectors.correct(projects.get(product)));
  }

  @Operation(
      operationId = "decide",
      summary = "Makes a version with thresholds that a person chose",
      description = "It inspects from then on. Nothing is promised.")
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

  @Operation(operationId = "listJobs", summary = "The latest jobs of a product, newest first")
  @GetMapping("/products/{product}/jobs")
  List<JobView> jobs(@PathVariable String product) {
    return jobs.of(projects.get(product).id(), JOBS).stream().map(JobView::of).toList();
  }

  @Operation(operationId = "getJob", summary = "How a job stands")
  @GetMapping("/jobs/{job}")
  JobView job(@PathVariable long job) {
    return JobView.of(jobs.get(job));
  }

  /** Tells how a job goes on, until it ends. */
  @Operation(
      operationId = "followJob",
      summary = "How a job goes on, until it ends",
      description = "Server-sent events, each a job as JSON.")
  @ApiResponse(
      responseCode = "200",
      description = "An event at every change, and at least every ten seconds",
      content =
          @Content(
              mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
              schema = @Schema(type = "string")))
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

  @Operation(operationId = "cancelJob", summary = "Ends a job that has not ended")
  @PostMapping("/jobs/{job}:cancel")
  JobView cancel(@PathVariable long job) {
    return JobView.of(jobs.cancel(job));
  }

  @Operation(operationId = "listDetectors", summary = "The versions of a detector, newest first")
  @GetMapping("/products/{product}/detectors")
  List<VersionView> versions(@PathVariable String product) {
    Product of = projects.get(product);
    return detectors.of(of).stream().map(version -> VersionView.of(version, of)).toList();
  }

  @Operation(
      operationId = "activateDetector",
      summary = "Lets a version inspect from now on: a newer one, or an older one again")
  @PostMapping("/products/{product}/detectors/{version}:activate")
  VersionView activate(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    detectors.activate(of, version);
    return VersionView.of(detectors.get(of, version), projects.get(product));
  }

  @Operation(operationId = "downloadDetector", summary = "The detector as .anople, for the command")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
  @GetMapping("/products/{product}/detectors/{version}.anople")
  ResponseEntity<Resource> anople(@PathVariable String product, @PathVariable int version) {
    Product of = projects.get(product);
    return file(of, version, ".anople", detectors.file(detectors.get(of, version)));
  }

  @Operation(
      operationId = "downloadGraph",
      summary = "The detector as .onnx, which ONNX Runtime computes")
  @ApiResponse(
      responseCode = "200",
      description = "The file",
      content =
          @Content(
              mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
              schema = @Schema(type = "string", format = "binary")))
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
            Attachments.header(product.name() + "-" + version + ending))
        .body(new FileSystemResource(file));
  }
}
