/** What is plain Java, measured by JMH. Public because JMH's generated classes call it. */
package io.github.anople.lab.speed.jmh;
