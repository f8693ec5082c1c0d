package io.github.anople.server.inspect;

/**
 * Which inspections somebody asks for; what is null or blank does not matter.
 *
 * @param verdict such as {@code NOT OK}
 * @param serialNumber of the part
 * @param source where the pictures came from
 * @param version of the detector
 * @param review what a person found: {@code none}, {@code waiting}, {@code good}, {@code bad}
 * @param from the first day, or the first moment, such as {@code 2026-11-30} or {@code
 *     2026-11-30T06:00:00Z}; days are those of UTC
 * @param until the last day, or the moment before which
 * @param before only those with smaller numbers
 */
public record HistoryQuery(
    String verdict,
    String serialNumber,
    String source,
    Integer version,
    String review,
    String from,
    String until,
    Long before) {}
