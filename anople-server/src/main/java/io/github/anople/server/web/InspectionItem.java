package io.github.anople.server.web;

/**
 * A picture that was inspected.
 *
 * @param id its number
 * @param place the address of all about it
 * @param verdict in a word
 * @param look of the verdict: {@code good}, {@code bad}, {@code unsure}
 * @param score as it is shown
 * @param margin how clear the case is, in words; may be empty
 * @param clear whether another estimate of the threshold would not have decided otherwise
 * @param threshold what the score was compared with; may be empty
 * @param faults what of the whole picture is unlike the product; may be empty
 * @param notes about the file; may be empty
 * @param serialNumber of the part; may be empty
 * @param source where it came from
 * @param version of the detector
 * @param time when, in words
 * @param millis that it took
 */
public record InspectionItem(
    long id,
    String place,
    String verdict,
    String look,
    String score,
    String margin,
    boolean clear,
    String threshold,
    String faults,
    String notes,
    String serialNumber,
    String source,
    int version,
    String time,
    int millis) {}
