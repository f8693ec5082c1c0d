package io.github.anople.server.connect;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Times and limits of connections, under {@code anople.connect.} in the server's properties.
 *
 * @param firstPause until what failed is tried again; each time twice as long
 * @param longestPause the longest such pause
 * @param answer how long a receiver may take
 * @param trial how long a test of a connection may take
 * @param most messages that may wait for a connection; older ones are given up
 * @param tidy how often that is looked after
 * @param poll how often a folder is looked at
 * @param patience how long a picture may stay unreadable before that is told
 */
@ConfigurationProperties("anople.connect")
record ConnectSettings(
    @DefaultValue("1s") Duration firstPause,
    @DefaultValue("5m") Duration longestPause,
    @DefaultValue("10s") Duration answer,
    @DefaultValue("8s") Duration trial,
    @DefaultValue("100000") int most,
    @DefaultValue("1m") Duration tidy,
    @DefaultValue("500ms") Duration poll,
    @DefaultValue("10s") Duration patience) {}
