{{- define "rondo.podSecurity" -}}
{{- $own := dict "runAsNonRoot" true "runAsUser" 10001 "runAsGroup" 10001 "fsGroup" 10001 "fsGroupChangePolicy" "OnRootMismatch" "seccompProfile" (dict "type" "RuntimeDefault") -}}
{{- mergeOverwrite $own (deepCopy .Values.podSecurityContext) | toYaml -}}
{{- end }}

{{- define "rondo.security" -}}
{{- $own := dict "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "capabilities" (dict "drop" (list "ALL")) -}}
{{- mergeOverwrite $own (deepCopy .Values.securityContext) | toYaml -}}
{{- end }}

{{/* Which machines nodes run on. */}}
{{- define "rondo.placement" -}}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .Values.affinity }}
affinity: {{- toYaml .Values.affinity | nindent 2 }}
{{- else if ne .Values.antiAffinity "none" }}
{{- $term := dict "topologyKey" "kubernetes.io/hostname" "labelSelector" (dict "matchLabels" (include "rondo.selector" . | fromYaml)) }}
affinity:
  podAntiAffinity:
    {{- if eq .Values.antiAffinity "hard" }}
    requiredDuringSchedulingIgnoredDuringExecution: {{- list $term | toYaml | nindent 6 }}
    {{- else }}
    preferredDuringSchedulingIgnoredDuringExecution: {{- list (dict "weight" 100 "podAffinityTerm" $term) | toYaml | nindent 6 }}
    {{- end }}
{{- end }}
topologySpreadConstraints:
{{- if .Values.topologySpreadConstraints }}
  {{- toYaml .Values.topologySpreadConstraints | nindent 2 }}
{{- else }}
  - topologyKey: topology.kubernetes.io/zone
    maxSkew: 1
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels: {{- include "rondo.selector" . | nindent 8 }}
{{- end }}
{{- end }}

{{/* Reads the zone of the pod's machine before the node starts; it alone has the account's token. */}}
{{- define "rondo.zoneContainer" -}}
- name: zone
  image: {{ include "rondo.image" . | quote }}
  imagePullPolicy: {{ .Values.image.pullPolicy }}
  args: [kubernetes, zone, $(MACHINE), "--label={{ .Values.zone.label }}", --file=/etc/rondo/zone/zone]
  env:
    - name: MACHINE
      valueFrom:
        fieldRef:
          fieldPath: spec.nodeName
    {{- include "rondo.smallJvm" . | nindent 4 }}
  # `kubectl describe pod` shows why it failed.
  terminationMessagePolicy: FallbackToLogsOnError
  securityContext: {{- include "rondo.security" . | nindent 4 }}
  resources: {{- toYaml .Values.resources | nindent 4 }}
  volumeMounts:
    - name: tmp
      mountPath: /tmp
    - name: zone
      mountPath: /etc/rondo/zone
    - name: account
      mountPath: /var/run/secrets/kubernetes.io/serviceaccount
      readOnly: true
{{- end }}

{{/* The token of the pod's service account, for the container that mounts it. */}}
{{- define "rondo.accountVolume" -}}
- name: account
  projected:
    defaultMode: 0440
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3600
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
{{- end }}

{{- define "rondo.smallJvm" -}}
- name: JDK_JAVA_OPTIONS
  value: -XX:MaxRAMPercentage=50 -XX:MaxDirectMemorySize=64m -XX:TieredStopAtLevel=1
{{- end }}

{{/* The optional secrets that nodes mount, each under /etc/rondo by its volume's name. */}}
{{- define "rondo.secretVolumes" -}}
{{- $volumes := list -}}
{{- if .Values.admin.enabled }}{{ $volumes = append $volumes (dict "name" "admin" "secret" (dict "secretName" (include "rondo.adminSecret" .) "defaultMode" 288)) }}{{ end -}}
{{- if .Values.tls.enabled }}{{ $volumes = append $volumes (dict "name" "tls" "secret" (dict "secretName" (include "rondo.tlsSecret" .) "defaultMode" 288)) }}{{ end -}}
{{- if .Values.masterKeys.existingSecret }}{{ $volumes = append $volumes (dict "name" "master-keys" "secret" (dict "secretName" .Values.masterKeys.existingSecret "defaultMode" 288)) }}{{ end -}}
{{- toYaml $volumes -}}
{{- end }}

{{/* Root's keys, for nodes and for jobs that ask them. */}}
{{- define "rondo.rootEnvironment" -}}
{{- range $key := list "access-key" "secret-key" }}
- name: RONDO_ROOT_{{ $key | snakecase | upper }}
  valueFrom:
    secretKeyRef:
      name: {{ include "rondo.rootSecret" $.root }}
      key: {{ $key }}
      {{- if $.optional }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}

{{- define "rondo.environment" -}}
{{- $root := .root -}}
{{- with .root -}}
- name: POD_NAME
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
- name: RONDO_NODE
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- if eq .Values.zone.from "machineLabel" }}
- name: RONDO_ZONE_FILE
  value: /etc/rondo/zone/zone
{{- else }}
- name: RONDO_ZONE
  {{- if eq .Values.zone.from "name" }}
  value: {{ .Values.zone.name | quote }}
  {{- else }}
  valueFrom:
    fieldRef:
      fieldPath: {{ ternary (printf "metadata.labels['%s']" .Values.zone.label) "spec.nodeName" (eq .Values.zone.from "podLabel") }}
  {{- end }}
{{- end }}
- name: RONDO_DATA
  value: {{ join "," $.folders }}
- name: RONDO_S3_LISTEN
  value: 0.0.0.0:9000
{{- if .Values.admin.enabled }}
- name: RONDO_ADMIN_LISTEN
  value: 0.0.0.0:9001
- name: RONDO_ADMIN_TLS_CERT
  value: /etc/rondo/admin/tls.crt
- name: RONDO_ADMIN_TLS_KEY
  value: /etc/rondo/admin/tls.key
# For `rondo` commands in this container.
- name: RONDO_ADMIN
  value: localhost:9001
- name: RONDO_CA
  value: /etc/rondo/admin/ca.crt
{{- else }}
- name: RONDO_ADMIN_LISTEN
  value: 127.0.0.1:9001
{{- end }}
- name: RONDO_NODE_LISTEN
  value: 0.0.0.0:9002
- name: RONDO_HEALTH_LISTEN
  value: 0.0.0.0:9003
- name: RONDO_ADVERTISE
  value: $(POD_NAME).{{ include "rondo.nodesDomain" . }}:9002
- name: RONDO_JOIN
  value: {{ include "rondo.seeds" . }}
- name: RONDO_EXPECT
  value: {{ .Values.nodes | quote }}
# A pod that comes back on the volume of a node that was removed joins as a new life of it.
- name: RONDO_REJOIN
  value: "true"
- name: RONDO_TOKEN_FILE
  value: /etc/rondo/token/join-token
{{- if .Values.tls.enabled }}
- name: RONDO_TLS_CERT
  value: /etc/rondo/tls/tls.crt
- name: RONDO_TLS_KEY
  value: /etc/rondo/tls/tls.key
{{- end }}
{{- if .Values.masterKeys.existingSecret }}
- name: RONDO_MASTER_KEYS
  value: /etc/rondo/master-keys/{{ .Values.masterKeys.key }}
{{- end }}
{{- include "rondo.rootEnvironment" (dict "root" . "optional" false) }}
{{- range $key := list "older-access-key" "older-secret-key" }}
- name: RONDO_ROOT_{{ $key | snakecase | upper }}
  valueFrom:
    secretKeyRef:
      name: {{ include "rondo.rootSecret" $root }}
      key: {{ $key }}
      optional: true
{{- end }}
{{- include "rondo.settings" . }}
- name: JDK_JAVA_OPTIONS
  value: {{ include "rondo.jvmOptions" . | quote }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
