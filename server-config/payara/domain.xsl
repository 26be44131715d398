<?xml version="1.0" encoding="UTF-8"?>
<!-- SPDX-License-Identifier: Apache-2.0 -->
<!-- Makes the domain of the control plane out of the one that Payara brings: what is not named here
     stays as it came. ${ENV=PAYARA_...} are set by bin/macp, which takes them from the settings of
     docs/configuration.md and docs/servers.md. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <!-- Where the data of an unconfigured server go -->
  <xsl:param name="data"/>
  <!-- 'without' leaves the application out -->
  <xsl:param name="application"/>
  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>
  <xsl:strip-space elements="*"/>

  <xsl:template match="@*|node()">
    <xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
  </xsl:template>
  <xsl:template match="comment()"/>

  <!-- The data source -->
  <xsl:template match="domain/resources">
    <xsl:copy>
      <xsl:apply-templates/>
      <!-- Where the database is and who connects to it: DATABASE_URL, asked at each connection. -->
      <jdbc-connection-pool name="macp" res-type="javax.sql.ConnectionPoolDataSource"
          datasource-classname="io.macp.controlplane.datasource.DatabaseUrlDataSource"
          steady-pool-size="0" max-pool-size="${{ENV=PAYARA_POOL_MAX}}" pool-resize-quantity="8"
          max-wait-time-in-millis="${{ENV=PAYARA_POOL_WAIT}}"
          idle-timeout-in-seconds="${{ENV=PAYARA_POOL_IDLE}}"
          is-connection-validation-required="true" connection-validation-method="custom-validation"
          validation-classname="org.glassfish.api.jdbc.validation.PostgresConnectionValidation"
          validate-atmost-once-period-in-seconds="1"
          allow-non-component-callers="true" lazy-connection-enlistment="true"/>
      <jdbc-resource jndi-name="jdbc/macp" pool-name="macp"/>
      <!-- What the server makes of itself at the first look-up; during a start it would wait for itself. -->
      <context-service jndi-name="concurrent/__defaultContextService" object-type="system-all"/>
      <managed-executor-service jndi-name="concurrent/__defaultManagedExecutorService" object-type="system-all"/>
      <managed-scheduled-executor-service jndi-name="concurrent/__defaultManagedScheduledExecutorService" object-type="system-all"/>
      <managed-thread-factory jndi-name="concurrent/__defaultManagedThreadFactory" object-type="system-all"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="server[@name='server']">
    <xsl:copy>
      <xsl:apply-templates select="@*|node()"/>
      <resource-ref ref="jdbc/macp"/>
      <resource-ref ref="concurrent/__defaultContextService"/>
      <resource-ref ref="concurrent/__defaultManagedExecutorService"/>
      <resource-ref ref="concurrent/__defaultManagedScheduledExecutorService"/>
      <resource-ref ref="concurrent/__defaultManagedThreadFactory"/>
      <xsl:if test="not($application = 'without')">
        <application-ref ref="macp-control-plane" virtual-servers="server"/>
      </xsl:if>
    </xsl:copy>
  </xsl:template>

  <!-- The application, as if it had been deployed: so it is loaded at each start, which does not ask
       for a connection, whereas a deployment does. -->
  <xsl:template match="domain/system-applications">
    <xsl:copy-of select="."/>
    <managed-job-config/>
    <deployment-groups/>
    <clusters/>
    <applications>
      <xsl:if test="not($application = 'without')">
        <application name="macp-control-plane" context-root="/" object-type="user"
            location="${{com.sun.aas.instanceRootURI}}/applications/macp-control-plane/">
          <property name="archiveType" value="war"/>
          <property name="defaultAppName" value="macp-control-plane"/>
          <property name="org.glassfish.persistence.app_name_property" value="macp-control-plane"/>
          <module name="macp-control-plane">
            <engine sniffer="cdi"/>
            <engine sniffer="health"/>
            <engine sniffer="metrics"/>
            <engine sniffer="openapi"/>
            <engine sniffer="config"/>
            <engine sniffer="jpa"/>
            <engine sniffer="security"/>
            <engine sniffer="web"/>
          </module>
        </application>
      </xsl:if>
    </applications>
  </xsl:template>

  <!-- Libraries hold no beans. The empty elements are named, because the server would add each of them
       during its start, and wait for itself. -->
  <xsl:template match="config[@name='server-config']/payara-executor-service-configuration">
    <xsl:copy-of select="."/>
    <cdi-service enable-implicit-cdi="false"/>
    <microprofile-config/>
    <microprofile-healthcheck-configuration/>
    <microprofile-fault-tolerance-configuration/>
    <microprofile-openapi-configuration/>
    <jdbc-config-source-configuration/>
    <batch-runtime-configuration/>
    <stuck-threads-checker/>
    <amx-configuration/>
    <ejb-invoker-configuration/>
    <phone-home-runtime-configuration enabled="false"/>
    <jms-service type="DISABLED" default-jms-host="default_JMS_host">
      <jms-host name="default_JMS_host" host="127.0.0.1" port="7676"/>
    </jms-service>
    <ejb-container>
      <ejb-timer-service/>
    </ejb-container>
    <web-container>
      <session-config>
        <session-manager>
          <store-properties/>
          <manager-properties/>
        </session-manager>
        <session-properties/>
      </session-config>
    </web-container>
    <group-management-service>
      <failure-detection/>
    </group-management-service>
    <monitoring-service>
      <module-monitoring-levels jdbc-connection-pool="HIGH" thread-pool="HIGH"/>
    </monitoring-service>
  </xsl:template>

  <!-- Where it listens -->
  <xsl:template match="network-listener[@name='http-listener-1']">
    <network-listener name="{@name}" protocol="{@protocol}" transport="{@transport}"
        thread-pool="{@thread-pool}" address="${{ENV=PAYARA_HTTP_HOST}}"
        port="${{ENV=PAYARA_HTTP_PORT}}"/>
  </xsl:template>
  <xsl:template match="network-listener[@name='http-listener-2']">
    <network-listener name="{@name}" protocol="{@protocol}" transport="{@transport}"
        thread-pool="{@thread-pool}" address="${{ENV=PAYARA_HTTP_HOST}}"
        port="${{ENV=PAYARA_HTTPS_PORT}}" enabled="${{ENV=PAYARA_HTTPS}}"/>
  </xsl:template>
  <xsl:template match="network-listener[@name='admin-listener']">
    <network-listener name="{@name}" protocol="{@protocol}" transport="{@transport}"
        thread-pool="{@thread-pool}" address="127.0.0.1" port="${{ENV=PAYARA_ADMIN_PORT}}"/>
  </xsl:template>
  <xsl:template match="protocol[@name='http-listener-1' or @name='http-listener-2']/http">
    <!-- HTTP/2 stays on: without it a request with a body that offers the upgrade to HTTP/2, as the
         client of the JDK does, waits for its body for ever. Event streams stay out of compression
         by their media type. -->
    <http default-virtual-server="server" http2-enabled="true" xpowered-by="false" x-frame-options="false"
        server-header="false" server-name="" compression="on"
        compressable-mime-type="text/html,text/css,text/plain,text/javascript,application/javascript,application/json,application/problem+json,image/svg+xml,application/yaml"
        timeout-seconds="30" request-timeout-seconds="-1" encoded-slash-enabled="true">
      <file-cache enabled="false"/>
    </http>
  </xsl:template>
  <xsl:template match="thread-pool[@name='http-thread-pool']">
    <thread-pool name="http-thread-pool" min-thread-pool-size="32" max-thread-pool-size="200"
        max-queue-size="4096"/>
  </xsl:template>

  <!-- Nobody speaks to these, and they would listen on every address -->
  <xsl:template match="iiop-listener">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:attribute name="address">127.0.0.1</xsl:attribute>
      <xsl:attribute name="enabled">false</xsl:attribute>
      <xsl:apply-templates select="node()"/>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="jmx-connector">
    <xsl:copy>
      <xsl:apply-templates select="@*"/>
      <xsl:attribute name="address">127.0.0.1</xsl:attribute>
      <xsl:attribute name="enabled">false</xsl:attribute>
    </xsl:copy>
  </xsl:template>
  <xsl:template match="hazelcast-config-specific-configuration">
    <hazelcast-config-specific-configuration enabled="false"/>
  </xsl:template>

  <!-- The JVM -->
  <xsl:template match="jvm-options[starts-with(., '-Xmx') or starts-with(., '-XX:NewRatio')]"/>
  <xsl:template match="jvm-options[starts-with(., '-Dosgi.shell') or starts-with(., '-Dfelix.fileinstall') or starts-with(., '-Dgosh')]"/>
  <xsl:template match="jvm-options[starts-with(., '-Dorg.glassfish.additionalOSGiBundlesToStart')]">
    <jvm-options>-Dorg.glassfish.additionalOSGiBundlesToStart=</jvm-options>
    <jvm-options>-XX:+ExitOnOutOfMemoryError</jvm-options>
    <!-- For the reason that jvm.options of the other server tells -->
    <jvm-options>-Djdk.virtualThreadScheduler.parallelism=16</jvm-options>
    <jvm-options>-Dmacp.default.data.dir=<xsl:value-of select="$data"/></jvm-options>
    <jvm-options>-Dmacp.exit.on.invalid.settings=true</jvm-options>
  </xsl:template>
</xsl:stylesheet>
