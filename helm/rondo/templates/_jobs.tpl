{{/* What the pods of jobs have in common; they ask nodes as root, over the admin service. */}}
{{- define "rondo.jobPod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "rondo.podSecurity" . | nindent 2 }}
{{- with .Values.imagePullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
volumes:
  - name: tmp
    emptyDir: {}
  # Not there before an upgrade from a chart that had no admin service.
  - name: admin
    secret:
      secretName: {{ include "rondo.adminSecret" . }}
      defaultMode: 0440
      optional: true
      items:
        - key: ca.crt
          path: ca.crt
{{- end }}

{{- define "rondo.jobContainer" -}}
image: {{ include "rondo.image" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext: {{- include "rondo.security" . | nindent 2 }}
resources: {{- toYaml .Values.shrinkGuard.resources | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
  - name: admin
    mountPath: /etc/rondo/admin
    readOnly: true
env:
  {{- include "rondo.rootEnvironment" (dict "root" . "optional" true) | nindent 2 }}
  - name: RONDO_ADMIN
    value: {{ include "rondo.name" . }}-admin.{{ .Release.Namespace }}.svc:{{ .Values.adminService.port }}
  - name: RONDO_CA
    value: /etc/rondo/admin/ca.crt
  {{- with include "rondo.text" .Values.config.region }}
  # Signatures name it, so another one is refused.
  - name: RONDO_REGION
    value: {{ . | quote }}
  {{- end }}
  {{- include "rondo.smallJvm" . | nindent 2 }}
{{- end }}
