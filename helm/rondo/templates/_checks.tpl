{{/* Refuses values that contradict each other, each with a sentence. */}}
{{- define "rondo.check" -}}
{{- $config := .Values.config -}}
{{- $nodes := int .Values.nodes -}}
{{- $copies := int (include "rondo.copies" .) -}}
{{- if gt $copies $nodes -}}
{{- fail (printf "config.replicas is %d, and nodes is %d: each copy is on a node of its own, so name as many nodes at least" $copies $nodes) -}}
{{- end -}}
{{- $r := include "rondo.text" $config.readQuorum | int | default (int (add 1 (div $copies 2))) -}}
{{- $w := include "rondo.text" $config.writeQuorum | int | default (int (add 1 (div $copies 2))) -}}
{{- if gt (max $r $w) (int64 $copies) -}}
{{- fail (printf "config.readQuorum is %d and config.writeQuorum %d, and there are %d copies: a quorum can't be larger than that" $r $w $copies) -}}
{{- end -}}
{{- if le (add $r $w) (int64 $copies) -}}
{{- fail (printf "config.readQuorum is %d and config.writeQuorum %d: together they must be more than the %d copies, or a read may miss what was written" $r $w $copies) -}}
{{- end -}}
{{- with include "rondo.memoryLimit" . -}}
{{- if lt (int64 .) 1073741824 -}}
{{- fail (printf "resources.limits.memory is %s: a node needs 1Gi at least" (include "rondo.text" $.Values.resources.limits.memory)) -}}
{{- end -}}
{{- end -}}
{{- if gt (add .Values.memory.heapPercent .Values.memory.buffersPercent) 90 -}}
{{- fail (printf "memory.heapPercent and memory.buffersPercent are %d together: a tenth of the memory at least has to stay for threads and code" (add .Values.memory.heapPercent .Values.memory.buffersPercent)) -}}
{{- end -}}
{{- include "rondo.checkSecrets" . -}}
{{- include "rondo.checkNetwork" . -}}
{{- include "rondo.checkPods" . -}}
{{- include "rondo.checkDeclared" . -}}
{{- end }}

{{- define "rondo.checkDeclared" -}}
{{- if and (or .Values.declared.buckets .Values.declared.users) (not .Values.admin.enabled) -}}
{{- fail "declared needs the admin API: set admin.enabled to true" -}}
{{- end -}}
{{- $buckets := list -}}
{{- range .Values.declared.buckets -}}
{{- if has .name $buckets }}{{ fail (printf "declared.buckets has two '%s'" .name) }}{{ end -}}
{{- $buckets = append $buckets .name -}}
{{- if and (hasKey . "policy") .grants -}}
{{- fail (printf "declared.buckets: %s has a policy and grants; a grant is a statement of the policy, so write it there" .name) -}}
{{- end -}}
{{- end -}}
{{- $users := list -}}
{{- $secrets := list -}}
{{- range .Values.declared.users -}}
{{- if has .name $users }}{{ fail (printf "declared.users has two '%s'" .name) }}{{ end -}}
{{- $users = append $users .name -}}
{{- range .secrets -}}
{{- $secret := printf "%s/%s" (.namespace | default $.Release.Namespace) .name -}}
{{- if has $secret $secrets }}{{ fail (printf "declared.users: the secret %s is to hold two keys" $secret) }}{{ end -}}
{{- $secrets = append $secrets $secret -}}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "rondo.checkSecrets" -}}
{{- with .Values.root -}}
{{- if ne (empty .accessKey) (empty .secretKey) }}{{ fail "root.accessKey and root.secretKey go together" }}{{ end -}}
{{- if ne (empty .olderAccessKey) (empty .olderSecretKey) }}{{ fail "root.olderAccessKey and root.olderSecretKey go together" }}{{ end -}}
{{- if and .existingSecret (or .accessKey .olderAccessKey) -}}
{{- fail "root.existingSecret and keys in values exclude each other: put the keys into that secret" -}}
{{- end -}}
{{- end -}}
{{- if and .Values.bootstrapSecrets.enabled .Values.root.accessKey -}}
{{- fail "bootstrapSecrets makes root's keys in the cluster: leave root.accessKey empty, or name a secret by root.existingSecret" -}}
{{- end -}}
{{- with .Values.tls -}}
{{- if and .enabled (not .existingSecret) (not .certManager.enabled) -}}
{{- fail "tls.enabled needs a certificate: name a secret with tls.crt and tls.key by tls.existingSecret, or set tls.certManager.enabled and tls.certManager.issuer" -}}
{{- end -}}
{{- if and .certManager.enabled (not .certManager.issuer) }}{{ fail "tls.certManager.enabled needs tls.certManager.issuer" }}{{ end -}}
{{- if and .certManager.enabled .existingSecret }}{{ fail "tls.certManager makes a secret of its own: leave tls.existingSecret empty" }}{{ end -}}
{{- if and (not .enabled) (or .existingSecret .certManager.enabled) }}{{ fail "tls has a certificate, and tls.enabled is false: set it to true" }}{{ end -}}
{{- end -}}
{{- if ne (empty .Values.config.vault) (empty .Values.config.vaultTokenFile) }}{{ fail "config.vault and config.vaultTokenFile go together" }}{{ end -}}
{{- end }}

{{- define "rondo.checkNetwork" -}}
{{- range $name := list "service" "adminService" -}}
{{- $service := index $.Values $name -}}
{{- if and (include "rondo.text" $service.nodePort) (eq $service.type "ClusterIP") -}}
{{- fail (printf "%s.nodePort needs %s.type NodePort or LoadBalancer" $name $name) -}}
{{- end -}}
{{- end -}}
{{- with .Values.service -}}
{{- if and (ne .type "LoadBalancer") (or .loadBalancerClass .loadBalancerSourceRanges) -}}
{{- fail "service.loadBalancerClass and service.loadBalancerSourceRanges need service.type LoadBalancer" -}}
{{- end -}}
{{- if and (eq .type "ClusterIP") .externalTrafficPolicy }}{{ fail "service.externalTrafficPolicy needs service.type NodePort or LoadBalancer" }}{{ end -}}
{{- end -}}
{{- range $name := list "ingress" "httpRoute" -}}
{{- $front := index $.Values $name -}}
{{- if and $front.enabled (eq (include "rondo.hosts" (dict "root" $ "given" $front.hosts)) "[]") -}}
{{- fail (printf "%s.enabled needs hosts: set config.domain, or %s.hosts" $name $name) -}}
{{- end -}}
{{- end -}}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}{{ fail "httpRoute.enabled needs httpRoute.parentRefs: the gateway that it belongs to" }}{{ end -}}
{{- if and .Values.shrinkGuard.enabled (not .Values.admin.enabled) -}}
{{- fail "shrinkGuard needs the admin API: set admin.enabled to true, or shrinkGuard.enabled to false and drain nodes by hand before you lower their number" -}}
{{- end -}}
{{- end }}

{{- define "rondo.checkPods" -}}
{{- $stop := include "rondo.seconds" (.Values.config.stopWait | default "20s") | int -}}
{{- $least := add $stop (int .Values.preStopSeconds) 5 -}}
{{- if lt (int64 .Values.terminationGracePeriodSeconds) $least -}}
{{- fail (printf "terminationGracePeriodSeconds is %d: a stop takes up to %d s, by preStopSeconds, config.stopWait and 5 s" (int .Values.terminationGracePeriodSeconds) $least) -}}
{{- end -}}
{{- if and (eq .Values.zone.from "machineLabel") (not .Values.serviceAccount.create) (not .Values.serviceAccount.name) -}}
{{- fail "zone.from: machineLabel needs a service account of its own: set serviceAccount.create to true, or serviceAccount.name to one; the chart lets it get nodes" -}}
{{- end -}}
{{- with .Values.zone -}}
{{- if ne (eq .from "name") (ne .name "") }}{{ fail "zone.name goes together with zone.from: name" }}{{ end -}}
{{- end -}}
{{- $names := list "data" -}}
{{- range .Values.storage.more -}}
{{- if has .name $names }}{{ fail (printf "storage.more has two volumes '%s'" .name) }}{{ end -}}
{{- $names = append $names .name -}}
{{- end -}}
{{- $own := list "POD_NAME" "JDK_JAVA_OPTIONS" "RONDO_NODE" "RONDO_ZONE" "RONDO_ZONE_FILE" "RONDO_DATA" "RONDO_S3_LISTEN" "RONDO_ADMIN_LISTEN" "RONDO_HEALTH_LISTEN" "RONDO_NODE_LISTEN" "RONDO_ADVERTISE" "RONDO_JOIN" "RONDO_EXPECT" "RONDO_REJOIN" "RONDO_TOKEN_FILE" "RONDO_ROOT_ACCESS_KEY" "RONDO_ROOT_SECRET_KEY" -}}
{{- range .Values.extraEnv -}}
{{- if has .name $own }}{{ fail (printf "extraEnv sets %s, which the chart sets itself" .name) }}{{ end -}}
{{- end -}}
{{- end }}
